import { GoogleGenAI } from "@google/genai";

const ai = new GoogleGenAI({ apiKey: process.env.GEMINI_API_KEY });

export async function tags(text) {
  const response = await ai.models.generateContent({
    model: "gemini-2.5-flash-lite",
    contents: `Five tags, separated by commas:\n${text}`,
  });
  return response.text.split(",").map((tag) => tag.trim());
}
