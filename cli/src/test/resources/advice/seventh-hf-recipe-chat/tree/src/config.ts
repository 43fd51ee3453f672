function required(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set`);
  }
  return value;
}

export const config = {
  port: Number(process.env.PORT ?? 8080),
  hfToken: required("HUGGINGFACE_API_TOKEN"),
  redisUrl: required("REDIS_URL"),
};
