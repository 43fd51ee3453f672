# frozen_string_literal: true

module Audit
  # The default branch is protected and nobody pushes past reviews.
  class Branches
    def initialize(client, repository)
      @client = client
      @repository = repository
    end

    def failures
      branch = @client.repository(@repository).default_branch
      protection = @client.branch_protection(@repository, branch)
      return ["#{@repository}: #{branch} is not protected"] if protection.nil?

      # @client.protect_branch(@repository, branch, enforce_admins: true) unless protection.enforce_admins.enabled
      protection.enforce_admins.enabled ? [] : ["#{@repository}: administrators pass reviews"]
    end
  end
end
