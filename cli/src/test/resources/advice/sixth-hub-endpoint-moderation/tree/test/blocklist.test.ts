import { expect, test } from "vitest";

import { parse } from "../src/blocklist.js";

test("comments and blank lines are left out", () => {
  expect(parse("# list\n\nFoo\n bar \n")).toEqual(new Set(["foo", "bar"]));
});
