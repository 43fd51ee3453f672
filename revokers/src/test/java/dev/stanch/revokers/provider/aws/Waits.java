package dev.stanch.revokers.provider.aws;

import dev.stanch.detectors.http.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A clock that stands still between its waits, which are over at once, and writes them down.
final class Waits implements Time {
  private final List<Duration> waits = new ArrayList<>();
  private long nanos;

  synchronized List<Duration> waits() {
    return List.copyOf(waits);
  }

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public synchronized long nanos() {
    return nanos;
  }

  @Override
  public synchronized void sleep(Duration duration) {
    waits.add(duration);
    nanos += duration.toNanos();
  }
}
