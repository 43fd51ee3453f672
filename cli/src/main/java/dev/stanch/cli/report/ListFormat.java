package dev.stanch.cli.report;

import java.util.Locale;

/// The formats of short lists.
public enum ListFormat {
  /// Lines for people.
  TEXT,
  /// One object, whose schema is in docs/schema.
  JSON;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
