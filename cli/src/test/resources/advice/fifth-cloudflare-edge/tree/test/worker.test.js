import assert from 'node:assert/strict';
import { test } from 'node:test';
import worker from '../src/worker.js';

test('known paths are redirected', async () => {
  const env = { REDIRECTS: new Map([['/a', 'https://acme.example/b']]) };
  const answer = await worker.fetch(new Request('https://acme.example/a'), env);
  assert.equal(answer.status, 301);
});
