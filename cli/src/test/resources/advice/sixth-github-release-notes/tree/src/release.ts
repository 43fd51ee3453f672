import { repository } from "./config.js";
import { octokit } from "./github.js";

export async function lastRelease(): Promise<string> {
  const { data } = await octokit.rest.repos.getLatestRelease({ ...repository });
  return data.created_at;
}

export async function createRelease(tag: string, body: string): Promise<string> {
  const { data } = await octokit.rest.repos.createRelease({ ...repository, tag_name: tag, name: tag, body, draft: true });
  return data.html_url;
}
