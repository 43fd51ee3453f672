import { Octokit } from "@octokit/rest";
import { config } from "./config.js";

const octokit = new Octokit({ auth: config.githubToken });
const repository = { owner: "quillworks", repo: "editor" };

export async function rulesFile(): Promise<string> {
  const answer = await octokit.rest.repos.getContent({ ...repository, path: ".triage.yml" });
  const file = answer.data as { content: string };
  return Buffer.from(file.content, "base64").toString("utf8");
}

export async function openIssues(since: string) {
  const answer = await octokit.rest.issues.listForRepo({ ...repository, state: "open", since });
  return answer.data.filter((issue) => !issue.pull_request);
}

export async function label(issue: number, labels: string[]): Promise<void> {
  await octokit.rest.issues.addLabels({ ...repository, issue_number: issue, labels });
}

export async function comment(issue: number, body: string): Promise<void> {
  await octokit.rest.issues.createComment({ ...repository, issue_number: issue, body });
}
