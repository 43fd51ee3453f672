import { InferenceClient } from "@huggingface/inference";

const HF_TOKEN = "@@huggingface@@";
const client = new InferenceClient(HF_TOKEN);

export async function summarize(text: string): Promise<string> {
  const out = await client.chatCompletion({
    model: "meta-llama/Llama-3.3-70B-Instruct",
    provider: "auto",
    messages: [{ role: "user", content: `Summarize in two sentences:\n${text}` }],
    max_tokens: 200,
  });
  return out.choices[0].message.content ?? "";
}

export async function cover(title: string): Promise<Blob> {
  return client.textToImage({
    model: "black-forest-labs/FLUX.1-schnell",
    inputs: `Book cover, flat style: ${title}`,
  });
}
