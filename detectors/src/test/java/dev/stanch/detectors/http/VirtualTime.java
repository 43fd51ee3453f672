package dev.stanch.detectors.http;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A clock that jumps instead of waiting.
final class VirtualTime implements Time {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final List<Duration> sleeps = new ArrayList<>();
  private long nanos;

  @Override
  public synchronized Instant now() {
    return START.plusNanos(nanos);
  }

  @Override
  public synchronized long nanos() {
    return nanos;
  }

  @Override
  public synchronized void sleep(Duration duration) {
    sleeps.add(duration);
    nanos += duration.toNanos();
  }

  synchronized Duration elapsed() {
    return Duration.ofNanos(nanos);
  }

  synchronized List<Duration> sleeps() {
    return List.copyOf(sleeps);
  }
}
