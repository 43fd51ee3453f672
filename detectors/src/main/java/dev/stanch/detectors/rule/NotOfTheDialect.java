package dev.stanch.detectors.rule;

/// Thrown for text that is not of the dialect of patterns; the message says what and is fit for a
/// rule author.
final class NotOfTheDialect extends Exception {
  private static final long serialVersionUID = 1;

  NotOfTheDialect(String message) {
    super(message);
  }
}
