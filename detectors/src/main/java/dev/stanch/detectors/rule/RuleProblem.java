package dev.stanch.detectors.rule;

import static java.util.Objects.requireNonNull;

/// A mistake in a rule file, with its place.
public record RuleProblem(String file, int line, String message) {
  public RuleProblem {
    requireNonNull(file, "file");
    requireNonNull(message, "message");
  }

  @Override
  public String toString() {
    return file + ":" + line + ": " + message;
  }
}
