import { serve } from "@hono/node-server";
import { Hono } from "hono";

import { healthy } from "./health.js";
import { answer } from "./llm/answer.js";
import { embed } from "./llm/embeddings.js";
import { nearest } from "./store.js";

export const app = new Hono();

app.get("/health", async (c) => c.json({ ok: await healthy() }));

app.post("/ask", async (c) => {
  const { question } = await c.req.json<{ question: string }>();
  const [vector] = await embed([question]);
  return c.json({ answer: await answer(question, await nearest(vector)) });
});

serve({ fetch: app.fetch, port: 8787 });
