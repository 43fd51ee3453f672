#!/usr/bin/env node
import { program } from "commander";

import { notes } from "./notes.js";
import { mergedSince } from "./pulls.js";
import { createRelease, lastRelease } from "./release.js";

program
  .argument("<tag>", "tag of the new release, such as v4.2.0")
  .option("--dry-run", "print the notes only")
  .action(async (tag: string, options: { dryRun?: boolean }) => {
    const text = notes(await mergedSince(await lastRelease()));
    if (options.dryRun) {
      console.log(text);
    } else {
      console.log(await createRelease(tag, text));
    }
  });

await program.parseAsync();
