import { readFile } from "node:fs/promises";
import { uploadFiles } from "@huggingface/hub";

const accessToken = process.env.HF_ACCESS_TOKEN;

await uploadFiles({
  repo: { type: "model", name: "acme/browser-ner" },
  accessToken,
  files: [
    { path: "model_quantized.onnx", content: new Blob([await readFile("dist/model_quantized.onnx")]) },
    { path: "tokenizer.json", content: new Blob([await readFile("dist/tokenizer.json")]) },
  ],
  commitTitle: "Upload quantized model",
});
