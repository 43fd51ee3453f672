package dev.stanch.revokers.spi;

import static java.util.Objects.requireNonNull;

/// A credential of the operator's that a provider's management calls need. It is read from the
/// environment or from the provider's own configuration files, never from an argument.
///
/// @param name of the environment variable
/// @param right the smallest right that it needs, in the provider's words
public record AdminVariable(String name, String right) {
  public AdminVariable {
    requireNonNull(name, "name");
    requireNonNull(right, "right");
  }
}
