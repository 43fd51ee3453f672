import { readFile, readdir } from "node:fs/promises";
import path from "node:path";

import { embed } from "./llm/embeddings.js";
import { save } from "./store.js";

const folder = process.argv[2] ?? "articles";
const names = (await readdir(folder)).filter((name) => name.endsWith(".md"));
const texts = await Promise.all(names.map((name) => readFile(path.join(folder, name), "utf8")));
const vectors = await embed(texts);
for (const [i, name] of names.entries()) {
  await save(path.basename(name, ".md"), texts[i], vectors[i]);
}
console.log(`${names.length} articles`);
process.exit(0);
