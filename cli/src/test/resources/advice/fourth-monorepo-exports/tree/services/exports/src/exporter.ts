import { Readable } from 'node:stream';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { Upload } from '@aws-sdk/lib-storage';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { EVENTS_QUEUE, EXPORT_BUCKET, LINK_SECONDS, RENDERER } from './config';

export interface Clients {
  s3: S3Client;
  sqs: SQSClient;
  lambda: LambdaClient;
}

const defaults = (): Clients => ({
  s3: new S3Client({ maxAttempts: 5 }),
  sqs: new SQSClient({}),
  lambda: new LambdaClient({}),
});

export class Exporter {
  constructor(private readonly clients: Clients = defaults()) {}

  async store(tenant: string, name: string, csv: Readable): Promise<string> {
    const Key = `${tenant}/${new Date().toISOString().slice(0, 10)}/${name}.csv`;
    const upload = new Upload({
      client: this.clients.s3,
      params: { Bucket: EXPORT_BUCKET, Key, Body: csv, ContentType: 'text/csv' },
    });
    await upload.done();
    await this.clients.sqs.send(
      new SendMessageCommand({
        QueueUrl: EVENTS_QUEUE,
        MessageBody: JSON.stringify({ tenant, Key, at: Date.now() }),
      }),
    );
    return Key;
  }

  link(key: string): Promise<string> {
    return getSignedUrl(
      this.clients.s3,
      new GetObjectCommand({ Bucket: EXPORT_BUCKET, Key: key }),
      { expiresIn: LINK_SECONDS },
    );
  }

  async history(tenant: string): Promise<string[]> {
    const keys: string[] = [];
    const pages = paginateListObjectsV2(
      { client: this.clients.s3, pageSize: 200 },
      { Bucket: EXPORT_BUCKET, Prefix: `${tenant}/` },
    );
    for await (const page of pages) {
      for (const object of page.Contents ?? []) keys.push(object.Key!);
    }
    return keys.reverse();
  }

  async pdf(key: string): Promise<Uint8Array> {
    const result = await this.clients.lambda.send(
      new InvokeCommand({
        FunctionName: RENDERER,
        Payload: Buffer.from(JSON.stringify({ key })),
      }),
    );
    if (result.FunctionError) throw new Error(`render: ${result.FunctionError}`);
    return result.Payload!;
  }

  // async expire(key: string) {
  //   await this.clients.s3.send(new DeleteObjectCommand({ Bucket: EXPORT_BUCKET, Key: key }));
  // }
}
