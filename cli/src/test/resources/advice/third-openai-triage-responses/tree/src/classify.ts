import OpenAI from "openai";
import { z } from "zod";

const openai = new OpenAI({ apiKey: process.env.OPENAI_API_KEY, maxRetries: 4 });

const Verdict = z.object({
  queue: z.enum(["billing", "booking", "press", "spam"]),
  urgent: z.boolean(),
});
export type Verdict = z.infer<typeof Verdict>;

// was openai.chat.completions.create() until May; the old prompt is in git
export async function classify(subject: string, body: string): Promise<Verdict> {
  const response = await openai.responses.create({
    model: "gpt-4.1-mini",
    instructions: "Sort the mail. Answer as JSON with the fields queue and urgent.",
    input: `Subject: ${subject}\n\n${body.slice(0, 6000)}`,
    text: { format: { type: "json_object" } },
    store: false,
  });
  return Verdict.parse(JSON.parse(response.output_text));
}
