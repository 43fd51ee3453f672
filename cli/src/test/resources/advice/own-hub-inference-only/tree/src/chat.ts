import { InferenceClient } from "@huggingface/inference";

const client = new InferenceClient(process.env.HF_TOKEN);

export async function answer(question: string) {
  return client.chatCompletion({
    model: "Qwen/Qwen3-32B",
    messages: [{ role: "user", content: question }],
  });
}
