import { EMBEDDING_MODEL, openai } from "./client.js";

const BATCH = 96;

export async function embed(texts: string[]): Promise<number[][]> {
  const vectors: number[][] = [];
  for (let i = 0; i < texts.length; i += BATCH) {
    const answer = await openai.embeddings.create({ model: EMBEDDING_MODEL, input: texts.slice(i, i + BATCH) });
    vectors.push(...answer.data.map((row) => row.embedding));
  }
  return vectors;
}
