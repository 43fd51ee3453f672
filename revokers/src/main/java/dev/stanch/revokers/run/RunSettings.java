package dev.stanch.revokers.run;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/// How a run waits.
///
/// @param proofInterval how far apart the two refusals are that prove a token dead
/// @param longestPause a provider that wants a longer one is parked
public record RunSettings(Duration proofInterval, Duration longestPause, LongPause longPause) {
  public RunSettings {
    requireNonNull(proofInterval, "proofInterval");
    requireNonNull(longestPause, "longestPause");
    requireNonNull(longPause, "longPause");
  }

  /// What happens when a provider wants a longer pause.
  public enum LongPause {
    /// Its steps are left for another run.
    PARK,
    /// The run waits.
    WAIT
  }

  /// What suits a run that nobody gave other settings.
  public static RunSettings usual() {
    return new RunSettings(Duration.ofSeconds(30), Duration.ofMinutes(10), LongPause.PARK);
  }
}
