import { randomUUID } from "node:crypto";
import Fastify from "fastify";
import { photoReady } from "./mail.js";
import { link, remove, store } from "./photos.js";

const app = Fastify({ bodyLimit: 20_000_000 });
app.addContentTypeParser("image/jpeg", { parseAs: "buffer" }, (_request, body, done) => {
  done(null, body);
});

app.post<{ Querystring: { owner: string } }>("/photos", async (request, reply) => {
  const id = randomUUID();
  await store(id, request.body as Buffer, "image/jpeg");
  const url = await link(id);
  await photoReady(request.query.owner, url);
  return reply.code(201).send({ id, url });
});

app.delete<{ Params: { id: string } }>("/photos/:id", async (request, reply) => {
  await remove(request.params.id);
  return reply.code(204).send();
});

await app.listen({ port: 3000, host: "0.0.0.0" });
