import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { octokit } from '../src/github.js';
import { label } from '../src/issues.js';

test('areas by words of the title', async () => {
  mock.method(octokit.rest.issues, 'addLabels', async () => ({}));
  assert.deepEqual(await label(1, 'Basket is empty in checkout'), ['area/checkout', 'area/basket']);
});
