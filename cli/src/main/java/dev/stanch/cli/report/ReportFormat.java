package dev.stanch.cli.report;

import java.util.Locale;

/// The formats a report can be written in.
public enum ReportFormat {
  /// For people.
  TEXT,
  /// A line for each token, as compilers write them: for hooks and editors.
  BRIEF,
  /// One document for programs.
  JSON,
  /// One object a line: the stable contract for programs.
  JSONL,
  /// SARIF 2.1.0, for code scanning.
  SARIF,
  /// A row for each place, for spreadsheets.
  CSV,
  /// Test results, for build servers.
  JUNIT,
  /// GitLab's secret detection report.
  GITLAB,
  /// A page that stands alone, for people to send.
  HTML,
  /// Markdown, for pull requests and job summaries.
  MD;

  /// The name on the command line.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return label();
  }
}
