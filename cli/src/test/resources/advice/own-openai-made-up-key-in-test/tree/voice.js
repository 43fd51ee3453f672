import OpenAI from "openai";

const openai = new OpenAI({ apiKey: process.env.VOICE_OPENAI });

export async function speak(text) {
  const speech = await openai.audio.speech.create({ model: "tts-1", voice: "alloy", input: text });
  return Buffer.from(await speech.arrayBuffer());
}
