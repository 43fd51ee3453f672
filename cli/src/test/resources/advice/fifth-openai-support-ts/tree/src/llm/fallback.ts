import OpenAI from 'openai';

const router = new OpenAI({
  baseURL: 'https://openrouter.ai/api/v1',
  apiKey: process.env.OPENROUTER_API_KEY,
});

export async function cheapest(): Promise<string> {
  const models = await router.models.list();
  return models.data.map((m) => m.id).sort()[0];
}

export async function fallbackAnswer(question: string): Promise<string> {
  const done = await router.chat.completions.create({
    model: await cheapest(),
    messages: [{ role: 'user', content: question }],
  });
  return done.choices[0].message.content ?? '';
}
