package dev.stanch.revokers.sink.github;

/// Secrets of Actions: of a repository, of one of its environments, of an organization.
public final class ActionsSecrets extends SecretStore {
  /// The kind; found by `ServiceLoader`.
  public ActionsSecrets() {
    super(
        "actions",
        "fine-grained: secrets (write), for an environment environments (write), for an"
            + " organization organization_secrets (write); classic: repo, or admin:org");
  }

  @Override
  public String usage() {
    return super.usage() + " or " + name() + ":OWNER/REPOSITORY/ENVIRONMENT#NAME";
  }

  @Override
  boolean environments() {
    return true;
  }
}
