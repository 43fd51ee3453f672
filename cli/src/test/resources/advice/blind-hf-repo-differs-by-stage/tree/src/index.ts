import dotenv from "dotenv";
import { createServer } from "node:http";
import { fetchModel } from "./model";

dotenv.config({ path: [".env", `.env.${process.env.STAGE ?? "staging"}`] });
await fetchModel("model.onnx");
createServer((_, response) => response.end("ok")).listen(Number(process.env.PORT));
