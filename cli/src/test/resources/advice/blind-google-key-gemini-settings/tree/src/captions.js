import { readFile } from "node:fs/promises";
import { GoogleGenAI } from "@google/genai";
import { settings } from "./settings.js";

const ai = new GoogleGenAI({ apiKey: settings.google.geminiKey });

export async function caption(path) {
  const data = (await readFile(path)).toString("base64");
  const response = await ai.models.generateContent({
    model: settings.google.model,
    contents: [{ inlineData: { mimeType: "image/jpeg", data } }, { text: "Describe this picture." }],
  });
  return response.text;
}
