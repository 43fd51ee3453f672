import { DefaultAzureCredential } from "@azure/identity";
import { SecretClient } from "@azure/keyvault-secrets";
import { BlobServiceClient } from "@azure/storage-blob";

const credential = new DefaultAzureCredential();

export const reports = new BlobServiceClient(
  process.env.STORAGE_URL!,
  credential,
).getContainerClient("monthly-reports");

const vault = new SecretClient(process.env.VAULT_URL!, credential);

export async function sessionSecret(): Promise<string> {
  const secret = await vault.getSecret("session-secret");
  return secret.value!;
}
