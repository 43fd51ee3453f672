import { downloadFile } from "@huggingface/hub";
import { writeFile } from "node:fs/promises";

export async function fetchModel(target: string): Promise<void> {
  const repo = process.env.MODEL_REPO;
  if (!repo) {
    throw new Error("MODEL_REPO is not set");
  }
  const file = await downloadFile({ repo, path: "model.onnx", accessToken: process.env.HF_TOKEN });
  if (!file) {
    throw new Error(`no model in ${repo}`);
  }
  await writeFile(target, Buffer.from(await file.arrayBuffer()));
}
