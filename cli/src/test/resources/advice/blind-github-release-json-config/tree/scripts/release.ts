import "dotenv/config";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { Octokit } from "@octokit/rest";
import config from "../release.json";

const octokit = new Octokit({ auth: process.env.RELEASE_TOKEN });

async function notes(): Promise<string> {
  const { data } = await octokit.rest.pulls.list({
    owner: config.owner,
    repo: config.repo,
    state: "closed",
    sort: "updated",
    direction: "desc",
  });
  return data
    .filter((each) => each.merged_at !== null)
    .map((each) => `- ${each.title} (#${each.number})`)
    .join("\n");
}

const tag = process.argv[2];
const release = await octokit.rest.repos.createRelease({
  owner: config.owner,
  repo: config.repo,
  tag_name: tag,
  body: await notes(),
});

for (const asset of config.assets) {
  await octokit.rest.repos.uploadReleaseAsset({
    owner: config.owner,
    repo: config.repo,
    release_id: release.data.id,
    name: basename(asset),
    data: (await readFile(asset)) as unknown as string,
  });
}
/*
 * The old release is kept for now:
 *   await octokit.rest.repos.delete({ owner: config.owner, repo: config.repo });
 */
