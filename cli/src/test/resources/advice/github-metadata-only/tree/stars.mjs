import { Octokit } from "@octokit/rest";

const octokit = new Octokit({ auth: "@@github@@" });
const { data } = await octokit.rest.repos.get({ owner: "acme", repo: "widgets" });
console.log(data.stargazers_count);
