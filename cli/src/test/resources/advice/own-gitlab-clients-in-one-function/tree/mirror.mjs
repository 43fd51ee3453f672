import { Gitlab } from "@gitbeaker/rest";

const alpha = new Gitlab({ token: process.env.ALPHA_GITLAB });
const beta = new Gitlab({ token: process.env.BETA_GITLAB });

async function copy(from, to, project) {
  for (const issue of await from.Issues.all({ projectId: project })) {
    await to.Issues.create(project, issue.title);
  }
}

await copy(alpha, beta, 7);
await copy(beta, alpha, 7);
