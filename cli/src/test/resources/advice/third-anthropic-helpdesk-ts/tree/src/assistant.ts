import Anthropic from "@anthropic-ai/sdk";

const anthropic = new Anthropic();
const MODEL = "claude-sonnet-4-20250514";
const LIMIT = 60_000;

export async function* reply(question: string, articles: string[]): AsyncGenerator<string> {
  let context = articles.join("\n\n");
  const size = await anthropic.messages.countTokens({
    model: MODEL,
    messages: [{ role: "user", content: context }],
  });
  if (size.input_tokens > LIMIT) context = context.slice(0, LIMIT);

  const stream = anthropic.messages.stream({
    model: MODEL,
    max_tokens: 800,
    system: "You answer for the help desk of a bicycle shop. Cite the article.",
    messages: [{ role: "user", content: `${context}\n\n${question}` }],
  });
  for await (const event of stream) {
    if (event.type === "content_block_delta" && event.delta.type === "text_delta") yield event.delta.text;
  }
}
