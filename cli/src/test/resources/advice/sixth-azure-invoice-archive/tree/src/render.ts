import Mustache from "mustache";

export interface Invoice {
  number: string;
  year: number;
  language: string;
  lines: { text: string; amount: number }[];
}

export function render(template: string, invoice: Invoice): string {
  const total = invoice.lines.reduce((sum, line) => sum + line.amount, 0);
  return Mustache.render(template, { ...invoice, total: total.toFixed(2) });
}
