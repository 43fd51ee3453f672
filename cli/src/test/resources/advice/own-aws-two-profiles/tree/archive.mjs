import { readFile } from "node:fs/promises";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { fromIni } from "@aws-sdk/credential-providers";

const s3 = new S3Client({ credentials: fromIni({ profile: "invoices" }) });

for (const name of process.argv.slice(2)) {
  await s3.send(new PutObjectCommand({ Bucket: "initech-invoices", Key: name, Body: await readFile(name) }));
}
