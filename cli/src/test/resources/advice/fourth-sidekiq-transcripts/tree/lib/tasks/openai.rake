# frozen_string_literal: true

namespace :openai do
  desc "Which of our models are still offered"
  task models: :environment do
    ids = OpenAI::Client.new.models.list.fetch("data").map { |m| m["id"] }
    %w[whisper-1 gpt-4o-mini text-embedding-3-small].each do |wanted|
      puts format("%-28s %s", wanted, ids.include?(wanted) ? "ok" : "GONE")
    end
  end
end
