import { InferenceClient } from "@huggingface/inference";

const hf = new InferenceClient(process.env.HF_TOKEN);

const SUMMARIZER = "facebook/bart-large-cnn";
const HEADLINER = "Qwen/Qwen2.5-7B-Instruct";

export async function summarize(article: string): Promise<string> {
  const { summary_text } = await hf.summarization({
    model: SUMMARIZER,
    inputs: article.slice(0, 12_000),
    parameters: { max_length: 130, min_length: 40 },
  });
  return summary_text;
}

export async function headline(summary: string): Promise<string> {
  const answer = await hf.chatCompletion({
    model: HEADLINER,
    max_tokens: 40,
    messages: [
      { role: "system", content: "Write one sober newspaper headline. No quotation marks." },
      { role: "user", content: summary },
    ],
  });
  return answer.choices[0].message.content?.trim() ?? "";
}
