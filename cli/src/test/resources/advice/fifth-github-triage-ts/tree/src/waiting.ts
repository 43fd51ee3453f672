import { octokit, repo } from './github.js';

export async function waiting(days: number): Promise<number[]> {
  const before = Date.now() - days * 86_400_000;
  const pulls = await octokit.paginate(octokit.rest.pulls.list, { ...repo, state: 'open', per_page: 100 });
  return pulls.filter((pull) => Date.parse(pull.updated_at) < before).map((pull) => pull.number);
}
