import "dotenv/config";
import { Octokit } from "@octokit/rest";

const octokit = new Octokit({ auth: process.env.DEPLOY_GH_TOKEN, userAgent: "deploy-button/1" });

const target = { owner: "sablefish", repo: "checkout" };

export async function deploy(sha, environment) {
  await octokit.actions.createWorkflowDispatch({
    owner: "sablefish",
    repo: "checkout",
    workflow_id: "deploy.yml",
    ref: "main",
    inputs: { sha, environment },
  });
}

export async function mark(sha, state, description) {
  await octokit.repos.createCommitStatus({
    owner: "sablefish",
    repo: "checkout",
    sha,
    state,
    context: "deploy-button",
    description,
  });
}

export const title = `${target.owner}/${target.repo}`;
