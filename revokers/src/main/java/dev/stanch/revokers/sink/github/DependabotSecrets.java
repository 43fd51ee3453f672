package dev.stanch.revokers.sink.github;

/// Secrets of Dependabot: of a repository, of an organization.
public final class DependabotSecrets extends SecretStore {
  /// The kind; found by `ServiceLoader`.
  public DependabotSecrets() {
    super(
        "dependabot",
        "fine-grained: dependabot_secrets (write), for an organization"
            + " organization_dependabot_secrets (write); classic: repo, or admin:org");
  }
}
