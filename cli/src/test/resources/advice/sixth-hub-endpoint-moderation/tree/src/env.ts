import { z } from "zod";

const schema = z.object({
  PORT: z.coerce.number().default(3000),
  HF_ACCESS_TOKEN: z.string().min(1),
  HF_ENDPOINT_URL: z.string().url(),
});

export const env = schema.parse(process.env);
