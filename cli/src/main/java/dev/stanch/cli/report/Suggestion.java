package dev.stanch.cli.report;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.Finding;
import dev.stanch.revokers.spi.Advice;
import dev.stanch.revokers.spi.Verification;

/// A token and the replacement that somebody knows for it.
///
/// @param verification what its provider said, as far as it was asked
public record Suggestion(Finding finding, Verification verification, Advice advice) {
  public Suggestion {
    requireNonNull(finding, "finding");
    requireNonNull(verification, "verification");
    requireNonNull(advice, "advice");
  }
}
