import { expect, test, vi } from 'vitest';

vi.mock('../src/llm/openai.js', () => ({
  getOpenAI: () => ({
    embeddings: { create: async () => ({ data: [{ embedding: [0, 1] }] }) },
    responses: { create: async () => [] },
    files: { create: vi.fn(), delete: vi.fn() },
  }),
}));
vi.mock('../src/search/store.js', () => ({ nearest: async () => ['an article'] }));

test('says nothing when the model says nothing', async () => {
  const { answer } = await import('../src/answer.js');
  const parts = [];
  for await (const part of answer('where is my parcel?')) parts.push(part);
  expect(parts).toEqual([]);
});
