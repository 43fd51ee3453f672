import { expect, test } from "vitest";
import { safeName } from "../src/names.js";

test("refuses paths", () => {
  expect(() => safeName("../x.pdf")).toThrow("no such report");
});
