import { readFileSync } from "node:fs";
import OpenAI from "openai";

const config = JSON.parse(readFileSync("config/default.json", "utf8"));

export const model: string = config.openai.model;
export const client = new OpenAI({ apiKey: config.openai.apiKey });
