package dev.stanch.revokers.advice;

import dev.stanch.revokers.spi.Adviser.Reach;
import java.util.Collection;
import java.util.List;

/// Kinds of tokens that reach all that their owner does, where their provider has some that reach
/// less. Each is a rule that finds them, or a scope by which they are told.
///
/// @param classic those that finer ones took the place of
/// @param wide the others
record Kinds(List<String> classic, List<String> wide) {
  static final Kinds NONE = new Kinds(List.of(), List.of());

  Kinds {
    classic = List.copyOf(classic);
    wide = List.copyOf(wide);
  }

  Reach reach(String rule, Collection<String> scopes) {
    return holds(classic, rule, scopes)
        ? Reach.CLASSIC
        : holds(wide, rule, scopes) ? Reach.ACCOUNT : Reach.UNTOLD;
  }

  private static boolean holds(List<String> kinds, String rule, Collection<String> scopes) {
    return kinds.contains(rule) || scopes.stream().anyMatch(kinds::contains);
  }
}
