import { env } from "./env.js";

export interface Score {
  label: string;
  score: number;
}

export class Classifier {
  constructor(
    private readonly url: string = env.HF_ENDPOINT_URL,
    private readonly token: string = env.HF_ACCESS_TOKEN,
  ) {}

  async classify(text: string): Promise<Score[]> {
    const response = await fetch(this.url, {
      method: "POST",
      headers: {
        Authorization: `Bearer ${this.token}`,
        "Content-Type": "application/json",
      },
      body: JSON.stringify({ inputs: text, parameters: { top_k: 5 } }),
    });
    if (response.status === 503) {
      throw new Error("the endpoint is starting");
    }
    if (!response.ok) {
      throw new Error(`the endpoint answered ${response.status}`);
    }
    return (await response.json()) as Score[];
  }
}
