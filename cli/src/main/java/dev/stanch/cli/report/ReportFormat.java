package dev.stanch.cli.report;

import java.util.Locale;

/// The formats a report can be written in.
public enum ReportFormat {
  /// For people.
  TEXT,
  /// One object a line: the stable contract for programs.
  JSONL;

  /// The name on the command line.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return label();
  }
}
