import { DeleteObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';

const fake = mockClient(S3Client);

test('the mock answers', async () => {
  fake.on(DeleteObjectCommand).resolves({});
  await expect(new S3Client({}).send(new DeleteObjectCommand({ Bucket: 'b', Key: 'k' }))).resolves.toEqual({});
});
