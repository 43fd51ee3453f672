import express from "express";

import { archive } from "./archive.js";
import { render } from "./render.js";
import { template } from "./templates.js";

const app = express();
app.use(express.json());

app.post("/invoices", async (request, response) => {
  const invoice = request.body;
  const html = render(await template(invoice.language), invoice);
  response.status(201).json({ url: await archive(invoice.number, invoice.year, html) });
});

app.listen(Number(process.env.PORT ?? 4000));
