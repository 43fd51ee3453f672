import { sections } from "./config.js";
import type { Merged } from "./pulls.js";

export function notes(merged: Merged[]): string {
  const groups = new Map<string, string[]>();
  for (const pull of merged) {
    const label = pull.labels.find((name) => name in sections);
    const title = label ? sections[label] : "Other changes";
    groups.set(title, [...(groups.get(title) ?? []), `- ${pull.title} (#${pull.number})`]);
  }
  return [...groups].map(([title, lines]) => `### ${title}\n\n${lines.join("\n")}`).join("\n\n");
}
