const { openai } = require("./lib/llm");

async function vector(text) {
  const answer = await openai.embeddings.create({ model: "text-embedding-3-small", input: text });
  return answer.data[0].embedding;
}

vector("test").then(console.log);
