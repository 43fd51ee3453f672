import { Octokit } from "@octokit/rest";
import "dotenv/config";
const octokit = new Octokit({ auth: process.env.GITHUB_TOKEN });
const all = await octokit.paginate(octokit.rest.issues.listForRepo, { owner: "acme", repo: "app", state: "all" });
console.log(all.length);
