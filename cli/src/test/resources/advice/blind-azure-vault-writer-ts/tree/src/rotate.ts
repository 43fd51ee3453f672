import { randomBytes } from "node:crypto";
import pg from "pg";
import { vault } from "./vault";

const current = await vault.getSecret("db-password");
const next = randomBytes(24).toString("base64url");

const db = new pg.Client({ user: "app", password: current.value });
await db.connect();
await db.query(`ALTER ROLE app PASSWORD '${next}'`);
await db.end();

await vault.setSecret("db-password", next, { expiresOn: new Date(Date.now() + 90 * 86_400_000) });
