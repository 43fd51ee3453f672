import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";

const lambda = new LambdaClient({});

export async function render(invoice) {
  const answer = await lambda.send(
    new InvokeCommand({ FunctionName: "render-invoice-pdf", Payload: Buffer.from(JSON.stringify(invoice)) }),
  );
  if (answer.FunctionError) throw new Error(`rendering failed: ${answer.FunctionError}`);
  return JSON.parse(Buffer.from(answer.Payload).toString("utf8")).url;
}
