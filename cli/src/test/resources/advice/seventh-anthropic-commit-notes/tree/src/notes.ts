import Anthropic from "@anthropic-ai/sdk";
import { config } from "dotenv";

config({ path: ".env.local" });

const SYSTEM = "You write release notes for users. Group by feature, fix and other.";

export async function words(commits: string[]): Promise<string> {
  const anthropic = new Anthropic({ apiKey: process.env.ANTHROPIC_API_KEY });
  const message = await anthropic.messages.create({
    model: process.env.NOTES_MODEL ?? "claude-sonnet-4-5",
    max_tokens: 1500,
    system: SYSTEM,
    messages: [{ role: "user", content: commits.join("\n") }],
  });
  return message.content.map((block) => (block.type === "text" ? block.text : "")).join("");
}
