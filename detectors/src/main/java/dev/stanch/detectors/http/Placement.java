package dev.stanch.detectors.http;

import static java.util.Objects.requireNonNull;

/// Where in a request a provider wants the credential.
public sealed interface Placement {
  /// `Authorization: Bearer …`
  record Bearer() implements Placement {}

  /// HTTP basic authentication with the credential as password.
  record BasicPassword(String user) implements Placement {
    public BasicPassword {
      requireNonNull(user, "user");
    }
  }

  /// HTTP basic authentication with the credential as user, and no password.
  record BasicUser() implements Placement {}

  /// A header of the provider's own.
  ///
  /// @param prefix what stands before the credential, its blank included; often empty
  record Header(String name, String prefix) implements Placement {
    public Header {
      requireNonNull(name, "name");
      requireNonNull(prefix, "prefix");
    }
  }

  /// A query parameter: only where a provider knows no other way, because servers log URLs.
  record Query(String name) implements Placement {
    public Query {
      requireNonNull(name, "name");
    }
  }
}
