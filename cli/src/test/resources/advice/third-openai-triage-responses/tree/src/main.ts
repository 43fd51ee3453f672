import { ImapFlow } from "imapflow";
import { classify } from "./classify.js";

const client = new ImapFlow({
  host: process.env.IMAP_HOST!,
  port: 993,
  secure: true,
  auth: { user: process.env.IMAP_USER!, pass: process.env.IMAP_PASS! },
});

await client.connect();
const lock = await client.getMailboxLock("INBOX");
try {
  for await (const message of client.fetch({ seen: false }, { envelope: true, bodyParts: ["text"] })) {
    const body = message.bodyParts?.get("text")?.toString("utf8") ?? "";
    const verdict = await classify(message.envelope?.subject ?? "", body);
    await client.messageMove(String(message.uid), `Triage/${verdict.queue}`, { uid: true });
    if (verdict.urgent) console.log(`urgent: ${message.envelope?.subject}`);
  }
} finally {
  lock.release();
}
await client.logout();
