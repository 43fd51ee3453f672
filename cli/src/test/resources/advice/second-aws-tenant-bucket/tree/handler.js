import { DeleteObjectCommand, S3Client } from '@aws-sdk/client-s3';

const s3 = new S3Client({ region: 'eu-central-1' });

export const clean = async (event) => {
  for (const record of event.Records) {
    const { bucket, key } = JSON.parse(record.body);
    await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
  }
};
