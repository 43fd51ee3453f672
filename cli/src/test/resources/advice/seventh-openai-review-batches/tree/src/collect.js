import fs from "node:fs";
import { openai } from "./client.js";

const { id } = JSON.parse(fs.readFileSync("batch.json", "utf8"));
const batch = await openai.batches.retrieve(id);
if (batch.status !== "completed") {
  console.log(`${id} is ${batch.status}`);
  process.exit(2);
}
const content = await openai.files.content(batch.output_file_id);
fs.writeFileSync("moods.jsonl", await content.text());
