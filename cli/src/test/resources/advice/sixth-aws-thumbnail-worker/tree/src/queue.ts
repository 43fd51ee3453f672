import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";

import { QUEUE_URL } from "./config.js";

const sqs = new SQSClient({});

export interface Job {
  photoId: string;
  key: string;
  receipt: string;
}

export async function nextJobs(): Promise<Job[]> {
  const answer = await sqs.send(new ReceiveMessageCommand({ QueueUrl: QUEUE_URL, MaxNumberOfMessages: 5, WaitTimeSeconds: 20 }));
  return (answer.Messages ?? []).map((message) => ({
    ...JSON.parse(message.Body!),
    receipt: message.ReceiptHandle!,
  }));
}

export async function done(job: Job): Promise<void> {
  await sqs.send(new DeleteMessageCommand({ QueueUrl: QUEUE_URL, ReceiptHandle: job.receipt }));
}
