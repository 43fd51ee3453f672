import 'dotenv/config';
import OpenAI from 'openai';

let shared: OpenAI | undefined;

export function getOpenAI(): OpenAI {
  shared ??= new OpenAI({ apiKey: process.env.OPENAI_API_KEY, maxRetries: 3 });
  return shared;
}
