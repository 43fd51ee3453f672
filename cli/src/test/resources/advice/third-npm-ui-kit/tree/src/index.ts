export interface ButtonProps {
  label: string;
  kind?: "plain" | "primary";
}

export function button({ label, kind = "plain" }: ButtonProps): string {
  return `<button class="qs-${kind}">${label.replace(/[<>&]/g, (c) => `&#${c.charCodeAt(0)};`)}</button>`;
}
