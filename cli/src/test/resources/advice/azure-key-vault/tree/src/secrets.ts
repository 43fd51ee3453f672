import "dotenv/config";
import { DefaultAzureCredential } from "@azure/identity";
import { SecretClient } from "@azure/keyvault-secrets";

const client = new SecretClient("https://acme-vault.vault.azure.net", new DefaultAzureCredential());

export async function signingKey(): Promise<string> {
  const secret = await client.getSecret("signing-key");
  return secret.value!;
}
