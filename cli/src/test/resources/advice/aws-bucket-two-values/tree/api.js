import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";

const s3 = new S3Client({ region: "eu-west-1" });

export const save = (key, body) =>
  s3.send(new PutObjectCommand({ Bucket: process.env.UPLOADS, Key: key, Body: body }));
