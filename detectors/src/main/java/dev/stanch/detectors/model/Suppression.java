package dev.stanch.detectors.model;

import static java.util.Objects.requireNonNull;

/// Why a place does not count: who said so, where, and in what words. What is suppressed is listed
/// as such, never left out.
///
/// @param source what says so: a marker (`stanch:allow`) or a file with the line of its entry
/// @param reason the words of whoever suppressed it; empty when there are none
public record Suppression(Kind kind, String source, String reason) {
  /// What kind of statement it is.
  public enum Kind {
    /// A comment on the line.
    MARKER,
    /// An allowlist of a configuration file.
    ALLOWLIST,
    /// An entry of an ignore file.
    IGNORE_FILE,
    /// An entry of a baseline.
    BASELINE;

    /// The name in reports.
    public String label() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  public Suppression {
    requireNonNull(kind, "kind");
    requireNonNull(source, "source");
    requireNonNull(reason, "reason");
  }

  /// In one phrase, for people.
  public String text() {
    return reason.isEmpty() ? source : source + ": " + reason;
  }
}
