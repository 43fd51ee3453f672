import "dotenv/config";

export const region = process.env.AWS_REGION ?? "us-west-2";
export const bucket = process.env.PHOTO_BUCKET!;
export const mailFrom = process.env.MAIL_FROM!;
