import { createReadStream } from "node:fs";
import OpenAI from "openai";

const client = new OpenAI({ apiKey: "@@openai@@" });

const input = await client.files.create({ file: createReadStream("in.jsonl"), purpose: "batch" });
let batch = await client.batches.create({
  input_file_id: input.id,
  endpoint: "/v1/chat/completions",
  completion_window: "24h",
});
while (!["completed", "failed", "expired"].includes(batch.status)) {
  await new Promise((resolve) => setTimeout(resolve, 60_000));
  batch = await client.batches.retrieve(batch.id);
}
const output = await client.files.content(batch.output_file_id);
console.log(await output.text());
