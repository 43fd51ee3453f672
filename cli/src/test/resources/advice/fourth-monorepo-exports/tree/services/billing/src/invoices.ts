import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import Stripe from 'stripe';

const stripe = new Stripe(process.env.STRIPE_SECRET!);

// account of finance, not ours
const s3 = new S3Client({
  region: 'eu-central-1',
  credentials: {
    accessKeyId: process.env.FINANCE_KEY_ID!,
    secretAccessKey: process.env.FINANCE_KEY!,
  },
});
const Bucket = 'acme-finance-invoices';

export async function archive(id: string): Promise<void> {
  const invoice = await stripe.invoices.retrieve(id);
  const pdf = await fetch(invoice.invoice_pdf!);
  await s3.send(
    new PutObjectCommand({
      Bucket,
      Key: `${invoice.number}.pdf`,
      Body: new Uint8Array(await pdf.arrayBuffer()),
    }),
  );
}

export async function drop(invoiceNumber: string): Promise<void> {
  await s3.send(new DeleteObjectCommand({ Bucket, Key: `${invoiceNumber}.pdf` }));
}
