import { openai } from '@/lib/openai';

const LIMIT = 20 * 1024 * 1024;

export async function GET() {
  const rows: { id: string; name: string; bytes: number }[] = [];
  for await (const f of openai.files.list({ purpose: 'user_data' })) {
    rows.push({ id: f.id, name: f.filename, bytes: f.bytes });
    if (rows.length >= 200) break;
  }
  return Response.json(rows);
}

export async function POST(req: Request) {
  const file = (await req.formData()).get('file');
  if (!(file instanceof File)) return new Response('no file', { status: 400 });
  if (file.size > LIMIT) return new Response('too large', { status: 413 });
  const uploaded = await openai.files.create({ file, purpose: 'user_data' });
  return Response.json({ id: uploaded.id });
}
