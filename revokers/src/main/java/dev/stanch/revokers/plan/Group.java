package dev.stanch.revokers.plan;

import java.util.Locale;

/// Whose decision a token is, in the order in which plans show them.
public enum Group {
  /// A verified owner that the user's own configuration names.
  OURS,
  /// Ours, and this machine works with it: the last to go, confirmed alone.
  IN_USE,
  /// Somebody else's, or nobody's that we know.
  THIRD_PARTY,
  /// Nobody knows whether it is live.
  UNKNOWN,
  /// A decoy that raises an alarm when it is used. Never touched.
  CANARY;

  /// The name in plans and reports.
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
