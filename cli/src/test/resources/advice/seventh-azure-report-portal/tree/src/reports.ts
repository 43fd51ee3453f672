import { reports } from "./azure.js";
import { safeName } from "./names.js";

export async function list(year: string): Promise<string[]> {
  const names: string[] = [];
  for await (const blob of reports.listBlobsFlat({ prefix: `${year}/` })) {
    names.push(blob.name);
  }
  return names;
}

export async function read(year: string, name: string): Promise<Buffer> {
  const blob = reports.getBlobClient(`${year}/${safeName(name)}`);
  return blob.downloadToBuffer();
}
