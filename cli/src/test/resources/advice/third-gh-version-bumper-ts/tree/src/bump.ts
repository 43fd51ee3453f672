import "dotenv/config";
import { Octokit } from "octokit";
import semver from "semver";
import { latest } from "./registry.js";

const octokit = new Octokit({ auth: process.env.BUMPER_GITHUB_TOKEN });

const owner = "tideworks";
const repo = "harbor-api";
const path = "deploy/versions.json";

const { data: file } = await octokit.rest.repos.getContent({ owner, repo, path });
if (Array.isArray(file) || file.type !== "file") throw new Error(`${path} is not a file`);
const versions: Record<string, string> = JSON.parse(Buffer.from(file.content, "base64").toString("utf8"));

const changed: string[] = [];
for (const [name, current] of Object.entries(versions)) {
  const next = await latest(name);
  if (semver.gt(next, current)) {
    versions[name] = next;
    changed.push(`${name} ${current} → ${next}`);
  }
}

if (changed.length > 0) {
  const { data: main } = await octokit.rest.git.getRef({ owner, repo, ref: "heads/main" });
  const branch = `bump-${new Date().toISOString().slice(0, 10)}`;
  await octokit.rest.git.createRef({ owner, repo, ref: `refs/heads/${branch}`, sha: main.object.sha });
  await octokit.rest.repos.createOrUpdateFileContents({
    owner,
    repo,
    path,
    branch,
    sha: file.sha,
    message: "Bump image versions",
    content: Buffer.from(JSON.stringify(versions, null, 2) + "\n").toString("base64"),
  });
  const { data: pull } = await octokit.rest.pulls.create({
    owner,
    repo,
    title: `Bump ${changed.length} image(s)`,
    head: branch,
    base: "main",
    body: changed.map((line) => `- ${line}`).join("\n"),
  });
  console.log(pull.html_url);
}
