import { openai } from "./llm/client.js";

export async function healthy(): Promise<boolean> {
  try {
    await openai.models.list({ timeout: 3_000 });
    return true;
  } catch {
    return false;
  }
}
