import { expect, it } from "vitest";
import { button } from "../src/index.js";

it("escapes", () => {
  expect(button({ label: "a<b" })).toContain("a&#60;b");
});
