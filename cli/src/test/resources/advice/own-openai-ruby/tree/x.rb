require "openai"

client = OpenAI::Client.new(access_token: ENV.fetch("OPENAI_API_KEY"))
r = client.chat(parameters: { model: "gpt-5", messages: [] })
puts r.dig("choices", 0)
