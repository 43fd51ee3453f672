import { Octokit } from "@octokit/rest";

const githubToken = "@@github@@";
const octokit = new Octokit({ auth: githubToken });

await octokit.rest.repos.createWebhook({
  owner: "acme",
  repo: "app",
  events: ["push", "pull_request"],
  config: { url: "https://ci.acme.example/github", content_type: "json" },
});
