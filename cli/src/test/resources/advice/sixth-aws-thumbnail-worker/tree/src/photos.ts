import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, UpdateCommand } from "@aws-sdk/lib-dynamodb";

import { PHOTOS_TABLE } from "./config.js";

const table = DynamoDBDocumentClient.from(new DynamoDBClient({}));

export async function noteThumbnails(photoId: string, names: string[]): Promise<void> {
  await table.send(
    new UpdateCommand({
      TableName: PHOTOS_TABLE,
      Key: { photoId },
      UpdateExpression: "set thumbnails = :names, processedAt = :now",
      ExpressionAttributeValues: { ":names": names, ":now": new Date().toISOString() },
    }),
  );
}
