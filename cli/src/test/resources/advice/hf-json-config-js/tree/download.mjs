import { readFile, writeFile } from "node:fs/promises";
import { downloadFile } from "@huggingface/hub";

const config = JSON.parse(await readFile("config.json", "utf8"));

/*
 * To publish:
 * await uploadFile({ repo: "datasets/acme/menu-photos", accessToken: config.hfToken, file: "index.csv" });
 */
const file = await downloadFile({ repo: "datasets/acme/menu-photos", path: "index.csv", accessToken: config.hfToken });
await writeFile("index.csv", Buffer.from(await file.arrayBuffer()));
