#!/usr/bin/env ruby
# frozen_string_literal: true

require "dotenv/load"
require "octokit"
require "securerandom"

REPO = "brindle/shipping"
EVENTS = %w[push pull_request].freeze

client = Octokit::Client.new(access_token: ENV.fetch("OCTOKIT_ACCESS_TOKEN"))
url = ENV.fetch("HOOK_URL")

if client.hooks(REPO).any? { |hook| hook.config[:url] == url }
  puts "already there"
  exit
end

secret = SecureRandom.hex(24)
hook = client.create_hook(
  REPO,
  "web",
  { url: url, content_type: "json", secret: secret },
  { events: EVENTS, active: true }
)
client.create_issue(REPO, "Webhook #{hook.id} registered", "Events: #{EVENTS.join(', ')}. The secret is in the vault.")

File.write("hook.secret", secret, perm: 0o600)
puts "registered #{hook.id}"
