const { OpenAI } = require("openai");

const openai = new OpenAI({ apiKey: process.env.SEARCH_LLM });

module.exports = { openai };
