import { invoices } from "./storage.js";

export async function archive(number: string, year: number, html: string): Promise<string> {
  const blob = invoices.getBlockBlobClient(`${year}/${number}.html`);
  await blob.uploadData(Buffer.from(html), { blobHTTPHeaders: { blobContentType: "text/html" } });
  return blob.url;
}
