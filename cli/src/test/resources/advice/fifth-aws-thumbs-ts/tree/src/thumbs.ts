import { GetObjectCommand } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import sharp from 'sharp';
import { s3 } from './aws';
import { config } from './config';

export async function thumb(key: string, image: Uint8Array, width: number): Promise<string> {
  const name = `${width}/${key}`;
  const upload = new Upload({
    client: s3,
    params: {
      Bucket: config.targetBucket,
      Key: name,
      Body: sharp(image).resize({ width }).webp(),
      ContentType: 'image/webp',
    },
  });
  upload.on('httpUploadProgress', (p) => console.debug(name, p.loaded));
  await upload.done();
  return getSignedUrl(s3, new GetObjectCommand({ Bucket: config.targetBucket, Key: name }), { expiresIn: 3600 });
}
