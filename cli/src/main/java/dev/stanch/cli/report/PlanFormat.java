package dev.stanch.cli.report;

import java.util.Locale;

/// The formats of plans and incident reports.
public enum PlanFormat {
  /// For people.
  TEXT,
  /// For programs.
  JSON,
  /// For tickets and wikis.
  MD;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
