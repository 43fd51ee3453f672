import { templates } from "./storage.js";

const cache = new Map<string, string>();

export async function template(language: string): Promise<string> {
  const known = cache.get(language);
  if (known) {
    return known;
  }
  const text = (await templates.getBlobClient(`invoice-${language}.html`).downloadToBuffer()).toString("utf8");
  cache.set(language, text);
  return text;
}
