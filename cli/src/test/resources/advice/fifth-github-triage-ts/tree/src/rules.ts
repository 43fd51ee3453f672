import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { octokit, repo } from './github.js';

interface Rule {
  when: string;
  namespace: 'issues' | 'pulls' | 'reactions' | 'projects';
  method: string;
  with: Record<string, unknown>;
}

export async function apply(path: string, number: number, title: string): Promise<void> {
  const rules: Rule[] = parse(await readFile(path, 'utf8'));
  for (const rule of rules) {
    if (!new RegExp(rule.when, 'i').test(title)) continue;
    const call = (octokit.rest as any)[rule.namespace][rule.method];
    await call({ ...repo, issue_number: number, ...rule.with });
  }
}
