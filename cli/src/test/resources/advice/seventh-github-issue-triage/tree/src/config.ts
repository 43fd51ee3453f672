import { readFileSync } from "node:fs";

export interface Config {
  pollSeconds: number;
  githubToken: string;
  owner: string;
  repo: string;
}

const path = new URL("../config/production.json", import.meta.url);
export const config: Config = JSON.parse(readFileSync(path, "utf8"));
