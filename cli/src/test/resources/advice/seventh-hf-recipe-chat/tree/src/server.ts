import express from "express";
import { Redis } from "ioredis";
import { config } from "./config.js";
import { reply, type Turn } from "./llm.js";

const redis = new Redis(config.redisUrl);
const app = express();
app.use(express.json());

app.post("/chat/:session", async (request, response) => {
  const key = `chat:${request.params.session}`;
  const turns: Turn[] = JSON.parse((await redis.get(key)) ?? "[]");
  turns.push({ role: "user", content: String(request.body.text) });
  const text = await reply(turns);
  turns.push({ role: "assistant", content: text });
  await redis.set(key, JSON.stringify(turns), "EX", 3600);
  response.json({ text });
});

app.get("/healthz", (_request, response) => {
  response.send("ok");
});

app.listen(config.port);
