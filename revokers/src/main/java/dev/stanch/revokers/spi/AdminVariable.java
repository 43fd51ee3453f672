package dev.stanch.revokers.spi;

import static java.util.Objects.requireNonNull;

/// A credential of the operator's that a provider's management calls need. It is read from the
/// environment or from the provider's own configuration files, never from an argument.
///
/// @param name of the environment variable
/// @param right the smallest right that it needs, in the provider's words
/// @param listed whether it may be one of the keys that the provider lists for found tokens: a
///   person who chooses a key must not choose that one
/// @param need what lacks without it
public record AdminVariable(String name, String right, boolean listed, Need need) {
  public AdminVariable {
    requireNonNull(name, "name");
    requireNonNull(right, "right");
    requireNonNull(need, "need");
  }

  /// One that may be a listed key.
  public AdminVariable(String name, String right) {
    this(name, right, true, Need.ENDING);
  }

  /// What a credential is for.
  public enum Need {
    /// Ending tokens, and replacing them.
    ENDING,
    /// Only [Action#WITHDRAW], which nobody wants who does not ask for it.
    WITHDRAWING
  }
}
