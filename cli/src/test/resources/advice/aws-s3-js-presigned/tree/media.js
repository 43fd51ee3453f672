import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";

const s3 = new S3Client({
  region: "eu-north-1",
  credentials: { accessKeyId: "@@aws-id@@", secretAccessKey: "@@aws@@" },
});
const Bucket = "acme-user-media";

export const link = (key) =>
  getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: key }), { expiresIn: 900 });

export const store = (key, body, type) =>
  s3.send(new PutObjectCommand({ Bucket, Key: key, Body: body, ContentType: type }));
