import { expect, test } from "vitest";
import { labelsFor } from "../src/rules.js";

test("matches words in the title", () => {
  expect(labelsFor([{ words: ["crash"], label: "bug" }], "Crash on start")).toEqual(["bug"]);
});
