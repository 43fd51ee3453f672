package dev.stanch.revokers.spi;

import java.util.Collection;

/// Knows the smallest token that would do the same job.
@FunctionalInterface
public interface Adviser {
  /// The replacement for a token that the provider says this about and that this code uses. Names
  /// nothing that the code does not show, and nothing that the token itself may not do.
  Advice advise(Verification verification, Code code);

  /// Whether whoever has one permission has the other with it.
  default boolean includes(String one, String other) {
    return one.equals(other);
  }

  /// Whether a token needs one of its scopes for a permission: no smaller scope that is known would
  /// do. True too where nobody can tell what the scope allows.
  default boolean needs(String permission, String scope) {
    return includes(permission, scope);
  }

  /// How far a token reaches by its very kind.
  ///
  /// @param rule the rule that finds it
  /// @param scopes as the provider tells them; none where it does not
  default Reach reach(String rule, Collection<String> scopes) {
    return Reach.UNTOLD;
  }

  /// How far tokens of a kind reach.
  enum Reach {
    /// As far as they were given, or nobody can tell.
    UNTOLD,
    /// As far as their owner, though its provider has kinds that reach less.
    ACCOUNT,
    /// The same, of a kind whose provider made finer ones to take its place.
    CLASSIC
  }
}
