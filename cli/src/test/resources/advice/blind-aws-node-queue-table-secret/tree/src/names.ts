export const TABLE = "orders";
export const INDEX = "by-customer";
export const QUEUE_URL = "https://sqs.eu-west-1.amazonaws.com/123456789012/order-events";
export const STRIPE_SECRET = "prod/stripe";
