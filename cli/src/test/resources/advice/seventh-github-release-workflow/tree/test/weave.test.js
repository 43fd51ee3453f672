import assert from "node:assert/strict";
import test from "node:test";
import { weave } from "../src/weave.js";

test("takes turns", () => {
  assert.deepEqual(weave([1, 3], [2]), [1, 2, 3]);
});
