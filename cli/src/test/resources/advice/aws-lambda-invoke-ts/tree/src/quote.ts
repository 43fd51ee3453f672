import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";

const lambda = new LambdaClient({ region: "eu-west-1" });
const FUNCTION = "price-quote";

export async function quote(cart: unknown): Promise<number> {
  const out = await lambda.send(
    new InvokeCommand({ FunctionName: FUNCTION, Payload: JSON.stringify({ cart }) }),
  );
  return JSON.parse(Buffer.from(out.Payload!).toString()).total;
}
