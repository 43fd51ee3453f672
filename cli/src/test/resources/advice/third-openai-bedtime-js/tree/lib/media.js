import "dotenv/config";
import OpenAI from "openai";

const openai = new OpenAI({ apiKey: process.env.BEDTIME_OPENAI_KEY });

const STYLE = "soft watercolour, warm light, no text";

export async function illustrate(scene) {
  const result = await openai.images.generate({
    model: "gpt-image-1",
    prompt: `${scene}. ${STYLE}`,
    size: "1024x1024",
    n: 1,
  });
  return Buffer.from(result.data[0].b64_json, "base64");
}

export async function narrate(text) {
  const speech = await openai.audio.speech.create({
    model: "gpt-4o-mini-tts",
    voice: "sage",
    input: text,
  });
  return Buffer.from(await speech.arrayBuffer());
}
