package dev.stanch.revokers.run;

import dev.stanch.revokers.plan.Planner;
import org.jspecify.annotations.Nullable;

/// What stops one provider: three answers that nobody documents, or two of a hundred proofs that
/// fail. Thread-safe.
final class Brakes {
  private static final int UNEXPECTED = 3;
  private static final int FAILED_PERCENT = 2;

  private int unexpected;
  private int proven;
  private int failed;
  private @Nullable String reason;

  Brakes(int provenBefore) {
    proven = provenBefore;
  }

  synchronized void unexpected(String what) {
    unexpected++;
    if (unexpected >= UNEXPECTED) {
      pull(UNEXPECTED + " unexpected answers, the last: " + what);
    }
  }

  synchronized void proven() {
    proven++;
  }

  synchronized void failed() {
    failed++;
    if (failed * 100 >= FAILED_PERCENT * (failed + proven)) {
      pull(failed + " of " + (failed + proven) + " proofs failed");
    }
  }

  synchronized void pull(String why) {
    if (reason == null) {
      reason = why;
    }
  }

  /// Whether so many tokens are proven that the rest may be sent.
  synchronized boolean trialled() {
    return proven >= Planner.TRIAL;
  }

  synchronized @Nullable String reason() {
    return reason;
  }

  synchronized boolean pulled() {
    return reason != null;
  }
}
