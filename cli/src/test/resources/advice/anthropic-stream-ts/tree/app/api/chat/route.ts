import Anthropic from "@anthropic-ai/sdk";

const anthropic = new Anthropic();

export async function POST(request: Request) {
  const { messages } = await request.json();
  const stream = anthropic.messages.stream({
    model: "claude-3-5-haiku-latest",
    max_tokens: 800,
    messages,
  });
  return new Response(stream.toReadableStream());
}
