import { getOpenAI } from './llm/openai.js';
import { fallbackAnswer } from './llm/fallback.js';
import { nearest } from './search/store.js';
import { embed } from './search/embed.js';

const INSTRUCTIONS = 'Answer from the articles only. Say so when they do not help.';

export async function* answer(question: string): AsyncGenerator<string> {
  const openai = getOpenAI();
  const articles = await nearest(await embed(question), 5);
  try {
    const stream = await openai.responses.create({
      model: 'gpt-4.1-mini',
      instructions: INSTRUCTIONS,
      input: `${articles.join('\n---\n')}\n\nQuestion: ${question}`,
      stream: true,
    });
    for await (const event of stream) {
      if (event.type === 'response.output_text.delta') yield event.delta;
    }
  } catch (error) {
    console.error('falling back', (error as Error).name);
    yield await fallbackAnswer(question);
  }
}
