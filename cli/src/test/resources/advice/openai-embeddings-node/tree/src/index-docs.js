import "dotenv/config";
import { readdir, readFile, writeFile } from "node:fs/promises";
import OpenAI from "openai";

const openai = new OpenAI();

const entries = [];
for (const name of await readdir("docs")) {
  const text = await readFile(`docs/${name}`, "utf8");
  const { data } = await openai.embeddings.create({
    model: "text-embedding-3-small",
    input: text.slice(0, 8000),
  });
  entries.push({ name, vector: data[0].embedding });
}
await writeFile(process.env.INDEX_PATH, JSON.stringify(entries));
