import assert from "node:assert/strict";
import test from "node:test";
import { Client } from "../index.js";

test("asks for the tile", async () => {
  const asked = [];
  const client = new Client("http://maps", async (url) => {
    asked.push(url);
    return new Response("x");
  });
  await client.tile(3, 1, 2);
  assert.deepEqual(asked, ["http://maps/tiles/3/1/2"]);
});
