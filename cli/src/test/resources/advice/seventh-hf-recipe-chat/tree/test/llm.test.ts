import { expect, test, vi } from "vitest";

vi.mock("../src/config.js", () => ({ config: { port: 1, hfToken: "dummy", redisUrl: "" } }));
vi.mock("@huggingface/inference", () => ({
  InferenceClient: class {
    async chatCompletion() {
      return { choices: [{ message: { content: "Soup." } }] };
    }
  },
}));

test("answers with the first choice", async () => {
  const { reply } = await import("../src/llm.js");
  expect(await reply([{ role: "user", content: "hi" }])).toBe("Soup.");
});
