import { config } from "./config.js";
import { comment, label, openIssues, rulesFile } from "./github.js";
import { labelsFor, readRules } from "./rules.js";

let since = new Date().toISOString();

async function round(): Promise<void> {
  const start = new Date().toISOString();
  const rules = readRules(await rulesFile());
  for (const issue of await openIssues(since)) {
    const labels = labelsFor(rules, issue.title);
    if (labels.length > 0) {
      await label(issue.number, labels);
    } else if (issue.labels.length === 0) {
      await comment(issue.number, "Thank you. Somebody will have a look soon.");
    }
  }
  since = start;
}

setInterval(() => void round().catch(console.error), config.pollSeconds * 1000);
