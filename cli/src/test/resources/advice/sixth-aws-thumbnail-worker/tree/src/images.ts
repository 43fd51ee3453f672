import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import sharp from "sharp";

import { ORIGINALS, THUMBNAILS } from "./config.js";

const s3 = new S3Client({});

export async function original(key: string): Promise<Uint8Array> {
  const object = await s3.send(new GetObjectCommand({ Bucket: ORIGINALS, Key: key }));
  return object.Body!.transformToByteArray();
}

export async function store(key: string, image: Uint8Array, width: number): Promise<string> {
  const name = key.replace(/\.\w+$/, `-${width}.webp`);
  const body = await sharp(image).rotate().resize({ width, withoutEnlargement: true }).webp().toBuffer();
  await s3.send(
    new PutObjectCommand({
      Bucket: THUMBNAILS,
      Key: name,
      Body: body,
      ContentType: "image/webp",
      CacheControl: "public, max-age=31536000",
    }),
  );
  return name;
}
