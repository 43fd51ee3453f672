import { expect, test, vi } from "vitest";

vi.mock("node:child_process", () => ({
  execFileSync: () => "Add a cache\nMerge branch 'x'\n\nFix the cache\n",
}));

test("leaves merges out", async () => {
  const { commitsBetween } = await import("../src/git.js");
  expect(commitsBetween("v1", "v2")).toEqual(["Add a cache", "Fix the cache"]);
});
