# frozen_string_literal: true

module Audit
  # Main is green.
  class Workflows
    def initialize(client, repository)
      @client, @repository = client, repository
    end

    def failures
      runs = @client.repository_workflow_runs(@repository, branch: "main", per_page: 20).workflow_runs
      red = runs.count { |run| run.conclusion == "failure" }
      red > 5 ? ["#{@repository}: #{red} of the last #{runs.size} runs failed"] : []
    end
  end
end
