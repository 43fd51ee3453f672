import express from 'express';
import { Exporter } from './exporter';

const app = express();
const exporter = new Exporter();

app.post('/exports/:tenant/:name', async (req, res) => {
  const key = await exporter.store(req.params.tenant, req.params.name, req);
  res.status(201).json({ key, url: await exporter.link(key) });
});

app.get('/exports/:tenant', async (req, res) => {
  res.json(await exporter.history(req.params.tenant));
});

app.get('/pdf', async (req, res) => {
  res.type('application/pdf').send(Buffer.from(await exporter.pdf(String(req.query.key))));
});

app.listen(Number(process.env.PORT ?? 4002));
