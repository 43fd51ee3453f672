import OpenAI from 'openai';

declare global {
  // survives hot reload
  var __openai: OpenAI | undefined;
}

export const openai = globalThis.__openai ?? new OpenAI({ maxRetries: 3 });
if (process.env.NODE_ENV !== 'production') globalThis.__openai = openai;

export const MODEL = process.env.ASSISTANT_MODEL ?? 'gpt-4.1-mini';
