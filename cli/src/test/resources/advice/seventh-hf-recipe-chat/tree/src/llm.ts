import { InferenceClient } from "@huggingface/inference";
import { config } from "./config.js";

const MODEL = "Qwen/Qwen2.5-72B-Instruct";
const client = new InferenceClient(config.hfToken);

export interface Turn {
  role: "user" | "assistant";
  content: string;
}

export async function reply(turns: Turn[]): Promise<string> {
  const answer = await client.chatCompletion({
    model: MODEL,
    messages: [{ role: "system", content: "You suggest recipes. Be brief." }, ...turns],
    max_tokens: 400,
  });
  return answer.choices[0]?.message.content ?? "";
}

export async function embed(text: string): Promise<number[]> {
  const vector = await client.featureExtraction({
    model: "BAAI/bge-small-en-v1.5",
    inputs: text,
  });
  return vector as number[];
}
