import { repository } from "./config.js";
import { octokit } from "./github.js";

export interface Merged {
  number: number;
  title: string;
  labels: string[];
}

export async function mergedSince(since: string): Promise<Merged[]> {
  const pulls = await octokit.paginate(octokit.rest.pulls.list, { ...repository, state: "closed", base: "main", per_page: 100 });
  return pulls
    .filter((pull) => pull.merged_at !== null && pull.merged_at > since)
    .map((pull) => ({
      number: pull.number,
      title: pull.title,
      labels: pull.labels.map((label) => label.name),
    }));
}
