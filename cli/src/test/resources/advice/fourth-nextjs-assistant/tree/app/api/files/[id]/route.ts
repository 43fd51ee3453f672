import { openai } from '@/lib/openai';

export async function GET(_req: Request, ctx: { params: Promise<{ id: string }> }) {
  const { id } = await ctx.params;
  const meta = await openai.files.retrieve(id);
  return Response.json({ id: meta.id, name: meta.filename, created: meta.created_at });
}

// cover pictures, off until design agrees
// export async function POST(req: Request) {
//   const { prompt } = await req.json();
//   const img = await openai.images.generate({ model: 'gpt-image-1', prompt });
//   return Response.json(img.data);
// }
