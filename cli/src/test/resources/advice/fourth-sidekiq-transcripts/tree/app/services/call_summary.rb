# frozen_string_literal: true

class CallSummary
  PROMPT = <<~TEXT
    Summarise the call in five lines. Then one line "next:" with what we promised.
  TEXT

  def initialize(call, client: OpenAI::Client.new)
    @call = call
    @client = client
  end

  def store!
    @call.update!(summary: summary, vector: vector)
  end

  private

  def summary
    answer = @client.chat(
      parameters: {
        model: "gpt-4o-mini",
        messages: [
          { role: "system", content: PROMPT },
          { role: "user", content: @call.transcript.truncate(60_000) }
        ],
        temperature: 0
      }
    )
    answer.dig("choices", 0, "message", "content")
  end

  def vector
    @client.embeddings(
      parameters: { model: "text-embedding-3-small", input: @call.transcript.first(8_000) }
    ).dig("data", 0, "embedding")
  end

  # Batches were half the price but came a day late.
  # def enqueue_batch(path)
  #   file = @client.files.upload(parameters: { file: path, purpose: "batch" })
  #   @client.batches.create(parameters: { input_file_id: file["id"], endpoint: "/v1/chat/completions" })
  # end
end
