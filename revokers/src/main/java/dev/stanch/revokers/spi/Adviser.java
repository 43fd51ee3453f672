package dev.stanch.revokers.spi;

import java.util.List;

/// Knows the smallest token that would do the same job.
public interface Adviser {
  /// The replacement for a token that the provider says this about.
  Advice advise(Verification verification);

  /// A replacement to create.
  ///
  /// @param summary what to create, in one line
  /// @param permissions their names as the provider spells them; empty where nothing tells
  /// @param link a page where it can be created, filled in as far as the provider allows
  /// @param steps what a person has to do there
  record Advice(String summary, List<String> permissions, String link, List<String> steps) {
    public Advice {
      permissions = List.copyOf(permissions);
      steps = List.copyOf(steps);
    }
  }
}
