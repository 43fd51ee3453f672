export const repository = {
  owner: "harbor-collective",
  repo: "web-client",
} as const;

export const sections: Record<string, string> = {
  feature: "New",
  bug: "Fixed",
  docs: "Documentation",
};

export function token(): string {
  const value = process.env.RELEASE_BOT_TOKEN;
  if (!value) {
    throw new Error("RELEASE_BOT_TOKEN is not set");
  }
  return value;
}
