import { ClientSecretCredential } from "@azure/identity";
import { SecretClient } from "@azure/keyvault-secrets";
import { BlobServiceClient } from "@azure/storage-blob";

const credential = new ClientSecretCredential(process.env.AZURE_TENANT_ID!, process.env.AZURE_CLIENT_ID!, process.env.AZURE_CLIENT_SECRET!);
const vault = new SecretClient("https://acme-vault.vault.azure.net", credential);
const blobs = new BlobServiceClient("https://acmestore.blob.core.windows.net", credential);

export async function run() {
  const secret = await vault.getSecret("db");
  const container = blobs.getContainerClient("uploads");
  const block = container.getBlockBlobClient("a.txt");
  await block.uploadData(Buffer.from(secret.value!));
  const back = await block.downloadToBuffer();
}
