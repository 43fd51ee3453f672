# frozen_string_literal: true

require "time"

module Audit
  # Nobody's secret is older than a year.
  class Secrets
    YEAR = 365 * 24 * 60 * 60

    def initialize(client, repository)
      @client = client
      @repository = repository
    end

    def failures
      @client.list_actions_secrets(@repository).secrets
             .select { |secret| Time.now - secret.updated_at > YEAR }
             .map { |secret| "#{@repository}: #{secret.name} is old" }
    end
  end
end
