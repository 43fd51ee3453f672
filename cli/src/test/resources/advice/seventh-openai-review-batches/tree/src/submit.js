import fs from "node:fs";
import { openai } from "./client.js";
import { toRequest } from "./requests.js";

const lines = fs.readFileSync(process.env.REVIEWS_FILE, "utf8").trim().split("\n");
const requests = lines.map((line) => JSON.stringify(toRequest(JSON.parse(line))));
fs.writeFileSync("requests.jsonl", requests.join("\n"));

const file = await openai.files.create({
  file: fs.createReadStream("requests.jsonl"),
  purpose: "batch",
});
const batch = await openai.batches.create({
  input_file_id: file.id,
  endpoint: "/v1/chat/completions",
  completion_window: "24h",
});
fs.writeFileSync("batch.json", JSON.stringify({ id: batch.id }));
console.log(`submitted ${requests.length} reviews as ${batch.id}`);
