import Anthropic from "@anthropic-ai/sdk";
const anthropic = new Anthropic({ apiKey: "@@anthropic@@" });
await anthropic.messages.create({ model: "claude", max_tokens: 10, messages: [] });
