import { SESClient, SendEmailCommand } from "@aws-sdk/client-ses";
import { mailFrom, region } from "./config.js";

const ses = new SESClient({ region });

export async function photoReady(to: string, link: string): Promise<void> {
  await ses.send(
    new SendEmailCommand({
      Source: mailFrom,
      Destination: { ToAddresses: [to] },
      Message: {
        Subject: { Data: "Your photo is ready" },
        Body: { Text: { Data: `See it here: ${link}` } },
      },
    }),
  );
}
