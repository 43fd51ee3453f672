import {
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { bucket, region } from "./config.js";

const s3 = new S3Client({ region });

export async function store(id: string, body: Buffer, type: string): Promise<void> {
  await s3.send(
    new PutObjectCommand({ Bucket: bucket, Key: `photos/${id}`, Body: body, ContentType: type }),
  );
}

export function link(id: string): Promise<string> {
  const command = new GetObjectCommand({ Bucket: bucket, Key: `photos/${id}` });
  return getSignedUrl(s3, command, { expiresIn: 900 });
}

export async function remove(id: string): Promise<void> {
  await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: `photos/${id}` }));
}
