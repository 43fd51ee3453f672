import "dotenv/config";
import { BlobServiceClient, StorageSharedKeyCredential } from "@azure/storage-blob";

const account = process.env.AZURE_STORAGE_ACCOUNT!;
const credential = new StorageSharedKeyCredential(account, process.env.AZURE_STORAGE_KEY!);

const service = new BlobServiceClient(`https://${account}.blob.core.windows.net`, credential);

export const templates = service.getContainerClient("templates");
export const invoices = service.getContainerClient("invoices");
