export const EXPORT_BUCKET = process.env.EXPORT_BUCKET ?? 'acme-exports';
export const EVENTS_QUEUE = 'https://sqs.eu-north-1.amazonaws.com/220033445566/export-events';
export const RENDERER = 'render-pdf';
export const LINK_SECONDS = 15 * 60;
