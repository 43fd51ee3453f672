import "dotenv/config";
import { readFile } from "node:fs/promises";
import { SESClient, SendEmailCommand } from "@aws-sdk/client-ses";
import { render } from "./render.js";
import { sign } from "./signing.js";

const ses = new SESClient({});

async function mail(invoice, url) {
  const link = `${url}?sig=${await sign(url)}`;
  await ses.send(
    new SendEmailCommand({
      Source: process.env.SENDER,
      Destination: { ToAddresses: [invoice.email] },
      Message: {
        Subject: { Data: `Invoice ${invoice.number}` },
        Body: { Text: { Data: `Dear ${invoice.name},\n\nyour invoice: ${link}\n` } },
      },
    }),
  );
}

for (const invoice of JSON.parse(await readFile(process.argv[2] ?? "due.json", "utf8"))) {
  await mail(invoice, await render(invoice));
  console.log(`sent ${invoice.number}`);
}
