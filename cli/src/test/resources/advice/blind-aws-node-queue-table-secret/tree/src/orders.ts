import { randomUUID } from "node:crypto";
import { GetSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import Stripe from "stripe";
import { queue, secrets, table } from "./aws";
import { INDEX, QUEUE_URL, STRIPE_SECRET, TABLE } from "./names";

const secret = await secrets.send(new GetSecretValueCommand({ SecretId: STRIPE_SECRET }));
const stripe = new Stripe(secret.SecretString!);

export async function place(customer: string, amount: number) {
  const intent = await stripe.paymentIntents.create({ amount, currency: "eur" });
  const order = { id: randomUUID(), customer, amount, intent: intent.id };
  await table.send(new PutCommand({ TableName: TABLE, Item: order }));
  await queue.send(new SendMessageCommand({ QueueUrl: QUEUE_URL, MessageBody: JSON.stringify(order) }));
  return order;
}

export async function ofCustomer(customer: string) {
  const { Items } = await table.send(
    new QueryCommand({
      TableName: TABLE,
      IndexName: INDEX,
      KeyConditionExpression: "customer = :c",
      ExpressionAttributeValues: { ":c": customer },
    }),
  );
  return Items ?? [];
}
