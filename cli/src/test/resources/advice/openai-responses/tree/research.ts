import OpenAI from "openai";

const apiKey = "@@openai@@";
const client = new OpenAI({ apiKey });

export async function research(topic: string) {
  const response = await client.responses.create({
    model: "gpt-4.1",
    tools: [{ type: "web_search_preview" }],
    input: `Find three recent sources about ${topic}.`,
  });
  return response.output_text;
}
