package dev.stanch.revokers.provider.plain;

import dev.stanch.detectors.http.Outcome;
import org.jspecify.annotations.Nullable;

/// The provider did not answer as it documents.
final class UnclearException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient @Nullable Outcome outcome;

  UnclearException(String reason) {
    this(reason, null);
  }

  UnclearException(String reason, @Nullable Outcome outcome) {
    super(reason);
    this.outcome = outcome;
  }

  /// What came in place of an answer; null where something did that is not one of the documented.
  @Nullable Outcome outcome() {
    return outcome;
  }
}
