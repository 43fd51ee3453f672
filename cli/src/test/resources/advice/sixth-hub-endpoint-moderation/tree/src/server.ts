import Fastify from "fastify";

import { loadBlocklist } from "./blocklist.js";
import { Classifier } from "./classifier.js";
import { env } from "./env.js";

const app = Fastify({ logger: true });
const classifier = new Classifier();
const blocked = await loadBlocklist("en");

app.post<{ Body: { text: string } }>("/moderate", async (request) => {
  const words = request.body.text.toLowerCase().split(/\W+/);
  if (words.some((word) => blocked.has(word))) {
    return { allowed: false, reason: "blocklist" };
  }
  const scores = await classifier.classify(request.body.text);
  const worst = scores.find((s) => s.label !== "ok" && s.score > 0.8);
  return worst ? { allowed: false, reason: worst.label } : { allowed: true };
});

await app.listen({ port: env.PORT, host: "0.0.0.0" });
