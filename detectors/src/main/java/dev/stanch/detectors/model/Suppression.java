package dev.stanch.detectors.model;

import static java.util.Objects.requireNonNull;

/// Why a place does not count: who said so, where, and in what words. What is suppressed is listed
/// as such, never left out.
///
/// @param source what says so: a marker (`stanch:allow`) or a file with the line of its entry
/// @param reason the words of whoever suppressed it; empty when there are none
/// @param said when, where a change is looked at
public record Suppression(Kind kind, String source, String reason, Said said) {
  /// When it was said.
  public enum Said {
    /// Before the change that is looked at, or where no change is.
    BEFORE,
    /// By the change itself that brings the token.
    WITH_CHANGE
  }

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
    requireNonNull(said, "said");
  }

  /// What was said before.
  public Suppression(Kind kind, String source, String reason) {
    this(kind, source, reason, Said.BEFORE);
  }

  /// The same, said by the change itself.
  public Suppression withChange() {
    return new Suppression(kind, source, reason, Said.WITH_CHANGE);
  }

  /// In one phrase, for people.
  public String text() {
    String by = said == Said.WITH_CHANGE ? source + " of the change itself" : source;
    return reason.isEmpty() ? by : by + ": " + reason;
  }
}
