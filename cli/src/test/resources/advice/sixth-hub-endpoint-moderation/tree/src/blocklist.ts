import { downloadFile } from "@huggingface/hub";

import { env } from "./env.js";

const REPO = { type: "dataset", name: "palaver/blocklists" } as const;

export async function loadBlocklist(language: string): Promise<Set<string>> {
  const blob = await downloadFile({ repo: REPO, path: `${language}.txt`, accessToken: env.HF_ACCESS_TOKEN });
  if (!blob) {
    return new Set();
  }
  return parse(await blob.text());
}

export function parse(text: string): Set<string> {
  return new Set(
    text
      .split("\n")
      .map((line) => line.trim().toLowerCase())
      .filter((line) => line && !line.startsWith("#")),
  );
}
