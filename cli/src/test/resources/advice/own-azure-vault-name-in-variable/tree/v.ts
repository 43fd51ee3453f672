import { DefaultAzureCredential } from "@azure/identity";
import { SecretClient } from "@azure/keyvault-secrets";
import "dotenv/config";

const url = `https://${process.env.VAULT}.vault.azure.net`;
const client = new SecretClient(url, new DefaultAzureCredential());
export const db = async () => (await client.getSecret("db")).value;
