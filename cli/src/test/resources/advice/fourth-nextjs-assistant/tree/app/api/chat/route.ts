import { NextRequest } from 'next/server';
import { z } from 'zod';
import { MODEL, openai } from '@/lib/openai';

export const runtime = 'nodejs';
export const maxDuration = 60;

const Body = z.object({
  text: z.string().min(1).max(8000),
  previous: z.string().optional(),
  fileIds: z.array(z.string()).max(5).default([]),
});

export async function POST(req: NextRequest) {
  const parsed = Body.safeParse(await req.json());
  if (!parsed.success) return Response.json(parsed.error.flatten(), { status: 400 });
  const { text, previous, fileIds } = parsed.data;

  const events = await openai.responses.create({
    model: MODEL,
    previous_response_id: previous,
    stream: true,
    input: [
      {
        role: 'user',
        content: [
          ...fileIds.map((file_id) => ({ type: 'input_file' as const, file_id })),
          { type: 'input_text' as const, text },
        ],
      },
    ],
  });

  const encoder = new TextEncoder();
  const stream = new ReadableStream({
    async start(controller) {
      try {
        for await (const event of events) {
          if (event.type === 'response.output_text.delta') {
            controller.enqueue(encoder.encode(event.delta));
          }
        }
      } finally {
        controller.close();
      }
    },
    cancel: () => events.controller.abort(),
  });
  return new Response(stream, { headers: { 'Content-Type': 'text/plain; charset=utf-8' } });
}
