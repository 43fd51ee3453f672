import { expect, test } from "vitest";

import { render } from "../src/render.js";

test("the total has two digits", () => {
  const invoice = { number: "7", year: 2026, language: "en", lines: [{ text: "a", amount: 1.5 }, { text: "b", amount: 2 }] };
  expect(render("{{total}}", invoice)).toBe("3.50");
});
