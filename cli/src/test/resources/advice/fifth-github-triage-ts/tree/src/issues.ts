import { octokit, repo } from './github.js';

const AREAS: Record<string, string> = { checkout: 'area/checkout', basket: 'area/basket', search: 'area/search' };

export async function untriaged() {
  const { data } = await octokit.rest.issues.listForRepo({ ...repo, labels: 'triage', per_page: 100 });
  return data.filter((issue) => !issue.pull_request);
}

export async function label(number: number, title: string): Promise<string[]> {
  const labels = Object.entries(AREAS)
    .filter(([word]) => title.toLowerCase().includes(word))
    .map(([, area]) => area);
  if (labels.length > 0) {
    await octokit.rest.issues.addLabels({ ...repo, issue_number: number, labels });
  }
  return labels;
}

export async function greet(number: number, author: string): Promise<void> {
  await octokit.rest.issues.createComment({
    ...repo,
    issue_number: number,
    body: `Thanks @${author}, somebody will look at this within two days.`,
  });
}
