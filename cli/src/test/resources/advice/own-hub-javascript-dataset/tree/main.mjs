import { uploadFile } from "@huggingface/hub";
const accessToken = "@@huggingface@@";
await uploadFile({
  repo: { type: "dataset", name: "acme/menus" },
  accessToken,
  file: { path: "a.csv", content: new Blob(["a"]) },
});
