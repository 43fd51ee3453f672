import { getOpenAI } from '../llm/openai.js';

const MODEL = 'text-embedding-3-small';

export async function embed(text: string): Promise<number[]> {
  const { data } = await getOpenAI().embeddings.create({ model: MODEL, input: text });
  return data[0].embedding;
}
