// Fetches what customers attached through the old assistant, once a week.
import { writeFile } from 'node:fs/promises';
import { getOpenAI } from '../src/llm/openai.js';

const client = getOpenAI();
const files = await client.files.list({ purpose: 'user_data' });
for (const file of files.data) {
  const content = await client.files.content(file.id);
  await writeFile(`attachments/${file.filename}`, Buffer.from(await content.arrayBuffer()));
  // await client.files.del(file.id);
}
