package dev.stanch.revokers.spi;

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
}
