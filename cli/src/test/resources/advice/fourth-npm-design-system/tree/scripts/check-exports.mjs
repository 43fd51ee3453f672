// Every entry of "exports" must exist, or nobody can import it.
import { access, readFile } from 'node:fs/promises';

const pkg = JSON.parse(await readFile('package.json', 'utf8'));
const missing = [];

async function walk(value) {
  if (typeof value === 'string') {
    if (!value.includes('*')) await access(value).catch(() => missing.push(value));
    return;
  }
  for (const v of Object.values(value)) await walk(v);
}

await walk(pkg.exports ?? {});
if (missing.length) {
  console.error(`missing in ${pkg.name}:`, missing.join(', '));
  process.exit(1);
}
