import { PutCommand, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { documents } from './aws';
import { config } from './config';

const TableName = config.table;

export async function begin(key: string): Promise<void> {
  await documents.send(new PutCommand({ TableName, Item: { key, state: 'running', at: Date.now() } }));
}

export async function end(key: string, links: string[]): Promise<void> {
  const input: UpdateCommandInput = {
    TableName,
    Key: { key },
    UpdateExpression: 'set #s = :done, links = :links',
    ExpressionAttributeNames: { '#s': 'state' },
    ExpressionAttributeValues: { ':done': 'done', ':links': links },
  };
  await documents.send(new UpdateCommand(input));
}
