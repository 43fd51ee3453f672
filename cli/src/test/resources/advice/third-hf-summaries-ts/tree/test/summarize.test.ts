import { describe, expect, it, vi } from "vitest";

vi.mock("@huggingface/inference", () => ({
  InferenceClient: class {
    summarization = async () => ({ summary_text: "short" });
    chatCompletion = async () => ({ choices: [{ message: { content: " Head " } }] });
  },
}));

const { headline, summarize } = await import("../src/summarize.js");

describe("summaries", () => {
  it("returns the text", async () => expect(await summarize("long")).toBe("short"));
  it("trims", async () => expect(await headline("short")).toBe("Head"));
});
