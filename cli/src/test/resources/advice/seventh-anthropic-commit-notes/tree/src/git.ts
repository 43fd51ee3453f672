import { execFileSync } from "node:child_process";

export function commitsBetween(from: string, to: string): string[] {
  const log = execFileSync("git", ["log", "--format=%s", `${from}..${to}`], { encoding: "utf8" });
  return log.split("\n").filter((line) => line !== "" && !line.startsWith("Merge "));
}
