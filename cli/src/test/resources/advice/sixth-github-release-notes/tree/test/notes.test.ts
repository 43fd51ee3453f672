import { expect, test } from "vitest";

import { notes } from "../src/notes.js";

test("pull requests stand under the title of their first known label", () => {
  expect(notes([{ number: 7, title: "Add a map", labels: ["frontend", "feature"] }])).toBe("### New\n\n- Add a map (#7)");
});
