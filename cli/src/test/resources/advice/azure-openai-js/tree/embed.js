import "dotenv/config";
import { AzureOpenAI } from "openai";

const client = new AzureOpenAI({ apiVersion: "2024-10-21", deployment: "embed-small" });

export async function embed(texts) {
  const answer = await client.embeddings.create({ model: "text-embedding-3-small", input: texts });
  return answer.data.map((item) => item.embedding);
}
