#!/usr/bin/env ruby
# frozen_string_literal: true

require "dotenv/load"
require "octokit"

REPO = "acme/support"
RULES = {
  /invoice|refund/i => "billing",
  /crash|stack ?trace/i => "bug",
  /how (do|can) i/i => "question"
}.freeze

client = Octokit::Client.new(access_token: ENV.fetch("GITHUB_TOKEN"))
client.auto_paginate = true

client.list_issues(REPO, state: "open", labels: "untriaged").each do |issue|
  labels = RULES.select { |pattern, _| issue.title.match?(pattern) }.values
  next if labels.empty?

  client.add_labels_to_an_issue(REPO, issue.number, labels)
  client.add_comment(REPO, issue.number, "Thanks! Sorted as #{labels.join(', ')}.")
end
