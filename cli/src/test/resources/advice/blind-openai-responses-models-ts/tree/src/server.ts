import express from "express";
import { client, model } from "./openai";

const known = new Set<string>();
for await (const each of client.models.list()) {
  known.add(each.id);
}
if (!known.has(model)) {
  throw new Error(`${model} is not offered to this project`);
}

const app = express();
app.use(express.json());

app.post("/summary", async (request, response) => {
  const result = await client.responses.create({
    model,
    instructions: "Summarise in three sentences.",
    input: request.body.text,
  });
  response.json({ summary: result.output_text });
});

app.listen(3000);
