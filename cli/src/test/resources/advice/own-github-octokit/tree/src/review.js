import { Octokit } from "@octokit/rest";
import config from "../config/default.json";

const octokit = new Octokit({ auth: config.githubPat });
const owner = "acme";
const repo = "app";

export async function review(number, sha) {
  await octokit.rest.pulls.listFiles({ owner, repo, pull_number: number });
  await octokit.rest.pulls.createReview({ owner, repo, pull_number: number, event: "COMMENT", body: "ok" });
  await octokit.rest.repos.createCommitStatus({ owner, repo, sha, state: "success" });
}
