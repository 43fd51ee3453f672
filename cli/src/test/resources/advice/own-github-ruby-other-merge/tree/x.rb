require "octokit"

options = { state: "open" }.merge(labels: "bug")
@client = Octokit::Client.new(access_token: ENV["GITHUB_TOKEN"])
issues = @client.issues("acme/app", options)
puts issues.map(&:title).join(", ")
puts config.merge(1)
