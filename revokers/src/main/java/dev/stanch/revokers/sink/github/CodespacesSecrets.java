package dev.stanch.revokers.sink.github;

/// Secrets of Codespaces: of a repository, of an organization.
public final class CodespacesSecrets extends SecretStore {
  /// The kind; found by `ServiceLoader`.
  public CodespacesSecrets() {
    super(
        "codespaces",
        "fine-grained: codespaces_secrets (write), for an organization"
            + " organization_codespaces_secrets (write); classic: repo, or admin:org");
  }
}
