import "dotenv/config";
import { createRepo, uploadFiles } from "@huggingface/hub";

const repo = { type: "dataset", name: "acme/d" };
const accessToken = process.env.HUB_TOKEN;
await createRepo({ repo, accessToken });
await uploadFiles({ repo, accessToken, files: [{ path: "a.txt", content: new Blob(["x"]) }] });
