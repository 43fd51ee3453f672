import { readFile } from "node:fs/promises";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { stream } from "hono/streaming";
import { reply } from "./assistant.js";

const articles: { title: string; text: string }[] = JSON.parse(await readFile(process.env.HELP_INDEX!, "utf8"));

const app = new Hono();
app.post("/ask", async (c) => {
  const { question } = await c.req.json();
  const words = String(question).toLowerCase().split(/\W+/);
  const best = articles.filter((a) => words.some((w) => w.length > 3 && a.title.toLowerCase().includes(w))).slice(0, 5);
  return stream(c, async (out) => {
    for await (const text of reply(question, best.map((a) => `# ${a.title}\n${a.text}`))) await out.write(text);
  });
});
serve(app);
