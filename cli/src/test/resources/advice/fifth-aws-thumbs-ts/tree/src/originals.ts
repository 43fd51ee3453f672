import { CopyObjectCommand, GetObjectCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { config } from './config';
import { s3 } from './aws';

export async function* originals(prefix: string): AsyncGenerator<string> {
  const pages = paginateListObjectsV2({ client: s3, pageSize: 500 }, { Bucket: config.sourceBucket, Prefix: prefix });
  for await (const page of pages) {
    for (const object of page.Contents ?? []) {
      if (object.Key && /\.(jpe?g|png)$/i.test(object.Key)) yield object.Key;
    }
  }
}

export async function original(key: string): Promise<Uint8Array> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: config.sourceBucket, Key: key }));
  if (!Body) throw new Error(`${key} is empty`);
  return Body.transformToByteArray();
}
