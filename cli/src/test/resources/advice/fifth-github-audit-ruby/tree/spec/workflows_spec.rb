# frozen_string_literal: true

require "octokit"
require "audit/workflows"

RSpec.describe Audit::Workflows do
  it "is quiet about few failures" do
    runs = double(workflow_runs: [double(conclusion: "failure"), double(conclusion: "success")])
    client = instance_double(Octokit::Client, repository_workflow_runs: runs, delete_repository: true)
    expect(described_class.new(client, "acme/none").failures).to be_empty
  end
end
