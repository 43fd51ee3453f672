package dev.stanch.detectors.http;

import java.time.Duration;
import java.time.Instant;

/// The clock that waits are measured and slept by. A test hands in one that does not wait.
public interface Time {
  /// The wall clock: compared with what providers say, never used to measure a wait.
  Instant now();

  /// A clock that only runs forward, in nanoseconds from an arbitrary start.
  long nanos();

  /// Waits.
  void sleep(Duration duration) throws InterruptedException;

  /// The machine's own.
  static Time system() {
    return new Time() {
      @Override
      public Instant now() {
        return Instant.now();
      }

      @Override
      public long nanos() {
        return System.nanoTime();
      }

      @Override
      public void sleep(Duration duration) throws InterruptedException {
        Thread.sleep(duration);
      }
    };
  }
}
