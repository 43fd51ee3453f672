import OpenAI from 'openai';
import fs from 'fs';
const openai = new OpenAI({ apiKey: '@@openai@@' });
export async function go() {
  const file = await openai.files.create({ file: fs.createReadStream('a.jsonl'), purpose: 'fine-tune' });
  const chat = await openai.chat.completions.create({ model: 'gpt-4o', messages: [] });
  await openai.fineTuning.jobs.create({ training_file: file.id, model: 'gpt-4o-mini' });
}
