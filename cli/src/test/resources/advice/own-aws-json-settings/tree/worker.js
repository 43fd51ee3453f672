const { SQSClient, ReceiveMessageCommand, DeleteMessageCommand } = require("@aws-sdk/client-sqs");
const settings = require("./worker.json");

const sqs = new SQSClient({});

async function next() {
  const { Messages } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl: settings.queueUrl, WaitTimeSeconds: settings.wait }),
  );
  for (const each of Messages ?? []) {
    await sqs.send(new DeleteMessageCommand({ QueueUrl: settings.queueUrl, ReceiptHandle: each.ReceiptHandle }));
  }
}

next();
