import "dotenv/config";
import OpenAI from "openai";

export const openai = new OpenAI({ maxRetries: 3, timeout: 30_000 });

export const CHAT_MODEL = process.env.CHAT_MODEL ?? "gpt-4.1-mini";
export const EMBEDDING_MODEL = "text-embedding-3-small";
