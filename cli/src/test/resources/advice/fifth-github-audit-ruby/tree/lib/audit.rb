# frozen_string_literal: true

require "octokit"
require "audit/branches"
require "audit/secrets"
require "audit/workflows"

module Audit
  REPOSITORIES = %w[acme/api acme/web].freeze
  CHECKS = [Branches, Secrets, Workflows].freeze

  def self.client
    @client ||= Octokit::Client.new(access_token: ENV.fetch("AUDIT_GITHUB_TOKEN"), auto_paginate: true)
  end

  def self.run
    REPOSITORIES.flat_map do |repository|
      CHECKS.flat_map { |check| check.new(client, repository).failures }
    end
  end
end
