const { Octokit } = require("@octokit/rest");

const reader = new Octokit({ auth: "@@github@@" });
const writer = new Octokit({ auth: process.env.PARTNER_TOKEN });

async function mirror() {
  const { data: issues } = await reader.rest.issues.listForRepo({ owner: "acme", repo: "support", labels: "partner" });
  for (const issue of issues) {
    await writer.rest.issues.create({ owner: "partner-labs", repo: "inbox", title: issue.title, body: issue.body });
  }
}

mirror();
