#!/usr/bin/env node
import { Command } from "commander";
import { commitsBetween } from "./git.js";
import { words } from "./notes.js";

const program = new Command("commit-notes")
  .argument("<from>", "older tag")
  .argument("[to]", "newer tag", "HEAD")
  .option("--plain", "list the commits only");

program.action(async (from: string, to: string, options: { plain?: boolean }) => {
  const commits = commitsBetween(from, to);
  if (options.plain) {
    console.log(commits.map((commit) => `- ${commit}`).join("\n"));
    return;
  }
  console.log(await words(commits));
});

await program.parseAsync();
