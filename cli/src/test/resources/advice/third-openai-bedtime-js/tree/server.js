import Fastify from "fastify";
import { illustrate, narrate } from "./lib/media.js";
import { stories } from "./lib/stories.js";

const app = Fastify({ logger: true });

app.get("/stories/:id/picture", async (req, reply) => {
  const story = stories.get(req.params.id);
  if (!story) return reply.code(404).send();
  return reply.type("image/png").send(await illustrate(story.scene));
});

app.get("/stories/:id/audio", async (req, reply) => {
  const story = stories.get(req.params.id);
  if (!story) return reply.code(404).send();
  return reply.type("audio/mpeg").send(await narrate(story.text));
});

await app.listen({ port: Number(process.env.PORT ?? 3000) });
