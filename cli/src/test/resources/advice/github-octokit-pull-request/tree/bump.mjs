import { Octokit } from "@octokit/rest";

const octokit = new Octokit({ auth: "@@github@@" });
const owner = "acme";
const repo = "app";

const { data: main } = await octokit.rest.git.getRef({ owner, repo, ref: "heads/main" });
const branch = `bump-${Date.now()}`;
await octokit.rest.git.createRef({ owner, repo, ref: `refs/heads/${branch}`, sha: main.object.sha });

const { data: file } = await octokit.rest.repos.getContent({ owner, repo, path: "VERSION", ref: branch });
const next = process.argv[2];
await octokit.rest.repos.createOrUpdateFileContents({
  owner,
  repo,
  branch,
  path: "VERSION",
  sha: file.sha,
  message: `Bump to ${next}`,
  content: Buffer.from(`${next}\n`).toString("base64"),
});
await octokit.rest.pulls.create({ owner, repo, head: branch, base: "main", title: `Bump to ${next}` });
