import { greet, label, untriaged } from './issues.js';
import { apply } from './rules.js';
import { waiting } from './waiting.js';

for (const issue of await untriaged()) {
  const labels = await label(issue.number, issue.title);
  if (labels.length === 0) await greet(issue.number, issue.user?.login ?? 'you');
  await apply(process.env.RULES ?? '/etc/triage/rules.yml', issue.number, issue.title);
}
console.log('waiting:', (await waiting(7)).join(', '));
