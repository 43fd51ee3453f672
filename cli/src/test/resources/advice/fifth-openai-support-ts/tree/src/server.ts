import Fastify from 'fastify';
import { Readable } from 'node:stream';
import { answer } from './answer.js';

const app = Fastify({ logger: true });
app.post<{ Body: { question: string } }>('/ask', (request, reply) => reply.send(Readable.from(answer(request.body.question))));
await app.listen({ port: 3000, host: '0.0.0.0' });
