#!/usr/bin/env node
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { Environment, ENVIRONMENTS } from './constants.js';
import { Ship } from './github.js';
import { shout } from './slack.js';

await yargs(hideBin(process.argv))
  .scriptName('ship')
  .command(
    'queue',
    'what waits',
    (y) => y.option('label', { default: 'ready' }),
    async ({ label }) => {
      for (const p of await new Ship().waiting(label)) console.log(`#${p.number} ${p.title}`);
    },
  )
  .command(
    'smoke <sha> <state>',
    'result of the smoke test',
    (y) =>
      y
        .positional('sha', { type: 'string', demandOption: true })
        .positional('state', { choices: ['pending', 'success', 'failure'] as const, demandOption: true }),
    ({ sha, state }) => new Ship().smoke(sha, state),
  )
  .command(
    'deploy <ref>',
    'deploys',
    (y) =>
      y
        .positional('ref', { type: 'string', demandOption: true })
        .option('env', { choices: ENVIRONMENTS, default: 'staging' as Environment }),
    async ({ ref, env }) => {
      const id = await new Ship().deploy(ref, env);
      await shout(`deploying ${ref} to ${env} (${id})`);
    },
  )
  .demandCommand(1)
  .strict()
  .parseAsync();
