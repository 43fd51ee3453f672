# frozen_string_literal: true

class TranscribeCallJob
  include Sidekiq::Job

  sidekiq_options queue: :audio, retry: 5

  MAX_BYTES = 25 * 1024 * 1024

  def perform(call_id)
    call = Call.find(call_id)
    return if call.transcript.present?

    call.recording.open do |file|
      raise TooLarge, call_id if file.size > MAX_BYTES

      answer = client.audio.transcribe(
        parameters: { model: "whisper-1", file: file, language: call.locale }
      )
      call.update!(transcript: answer.fetch("text"))
    end
    CallSummary.new(call).store!
  end

  class TooLarge < StandardError; end

  private

  def client
    @client ||= OpenAI::Client.new
  end
end
