package dev.stanch.revokers.run;

import dev.stanch.revokers.plan.Planner;
import org.jspecify.annotations.Nullable;

/// What stops one provider: three answers that nobody documents, two of a hundred proofs that fail,
/// or one of a key that a person chose. Thread-safe.
final class Brakes {
  private static final int UNEXPECTED = 3;
  private static final int FAILED_PERCENT = 2;

  private int unexpected;
  private int proven;
  private int choices;
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

  synchronized void proven(Job job) {
    proven++;
    if (triesChoice(job)) {
      choices++;
    }
  }

  synchronized void failed(Job job) {
    failed++;
    if (triesChoice(job)) {
      pull("the key that a person chose ended, and the token of step " + job.number() + " lives");
    }
    if (failed * 100 >= FAILED_PERCENT * (failed + proven)) {
      pull(failed + " of " + (failed + proven) + " proofs failed");
    }
  }

  /// What was dead before anything was called says nothing about a choice.
  private static boolean triesChoice(Job job) {
    return job.step().chosen() != null && job.attempts() > 0;
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

  /// Whether a step goes alone: until so many choices are proven, one that a person mistook is
  /// found out before there is another.
  synchronized boolean alone(Job job) {
    return job.step().chosen() != null && choices < Planner.TRIAL;
  }

  synchronized @Nullable String reason() {
    return reason;
  }

  synchronized boolean pulled() {
    return reason != null;
  }
}
