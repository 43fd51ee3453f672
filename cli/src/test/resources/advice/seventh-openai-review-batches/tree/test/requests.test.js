import assert from "node:assert/strict";
import test from "node:test";
import { toRequest } from "../src/requests.js";

test("keeps the number of the review", () => {
  assert.equal(toRequest({ id: "r1", text: "fine" }).custom_id, "r1");
});
