import { parse } from "yaml";

export interface Rule {
  words: string[];
  label: string;
}

export function readRules(text: string): Rule[] {
  return parse(text).rules;
}

export function labelsFor(rules: Rule[], title: string): string[] {
  const lower = title.toLowerCase();
  return rules
    .filter((rule) => rule.words.some((word) => lower.includes(word)))
    .map((rule) => rule.label);
}
