package dev.stanch.cli.report;

import java.util.Locale;

/// The formats of plans and incident reports.
public enum PlanFormat {
  /// For people.
  TEXT,
  /// For programs.
  JSON,
  /// For tickets and wikis.
  MD,
  /// A page that stands alone, for people to send.
  HTML;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
