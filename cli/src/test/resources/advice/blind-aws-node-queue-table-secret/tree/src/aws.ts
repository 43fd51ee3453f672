import "dotenv/config";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SQSClient } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

export const table = DynamoDBDocumentClient.from(new DynamoDBClient({}));
export const queue = new SQSClient({});
export const secrets = new SecretsManagerClient({});
