package dev.stanch.revokers.spi;

import static java.util.Objects.requireNonNull;

/// A credential of the operator's that a provider's management calls need. It is read from the
/// environment or from the provider's own configuration files, never from an argument.
///
/// @param name of the environment variable
/// @param right the smallest right that it needs, in the provider's words
/// @param listed whether it may be one of the keys that the provider lists for found tokens: a
///   person who chooses a key must not choose that one
public record AdminVariable(String name, String right, boolean listed) {
  public AdminVariable {
    requireNonNull(name, "name");
    requireNonNull(right, "right");
  }

  /// One that may be a listed key.
  public AdminVariable(String name, String right) {
    this(name, right, true);
  }
}
