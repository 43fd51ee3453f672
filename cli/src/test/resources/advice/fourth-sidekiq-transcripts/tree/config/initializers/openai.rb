# frozen_string_literal: true

require "openai"

OpenAI.configure do |config|
  config.access_token = ENV.fetch("OPENAI_API_KEY")
  config.request_timeout = 240
  config.log_errors = Rails.env.development?
end
