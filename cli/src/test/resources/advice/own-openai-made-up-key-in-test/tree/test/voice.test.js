import OpenAI from "openai";
import { speak } from "../voice.js";

test("lists no files without VOICE_OPENAI", async () => {
  const fake = new OpenAI({ apiKey: "made-up" });
  await expect(fake.files.list()).rejects.toThrow();
  await expect(speak("")).rejects.toThrow();
});
