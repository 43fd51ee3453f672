import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";

const { IN_ACCESS_KEY_ID, IN_SECRET_ACCESS_KEY, OUT_ACCESS_KEY_ID, OUT_SECRET_ACCESS_KEY } = process.env;

const from = new S3Client({
  credentials: { accessKeyId: IN_ACCESS_KEY_ID!, secretAccessKey: IN_SECRET_ACCESS_KEY! },
});
const to = new S3Client({
  credentials: { accessKeyId: OUT_ACCESS_KEY_ID!, secretAccessKey: OUT_SECRET_ACCESS_KEY! },
});

const { Body } = await from.send(new GetObjectCommand({ Bucket: "initech-in", Key: "a.csv" }));
await to.send(new PutObjectCommand({ Bucket: "globex-out", Key: "a.csv", Body }));
