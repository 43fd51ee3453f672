import { CHAT_MODEL, openai } from "./client.js";

const RULES = "Answer from the articles only. Say which article you used. If none fits, say so.";

export async function answer(question: string, articles: string[]): Promise<string> {
  const completion = await openai.chat.completions.create({
    model: CHAT_MODEL,
    temperature: 0.2,
    messages: [
      { role: "system", content: RULES },
      { role: "user", content: `${articles.join("\n\n")}\n\nQuestion: ${question}` },
    ],
  });
  return completion.choices[0]?.message.content ?? "";
}
