package dev.stanch.revokers.contract;

import dev.stanch.detectors.http.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/// A clock whose waits are over at once.
public final class PatientTime implements Time {
  private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");
  private final AtomicLong nanos = new AtomicLong();

  /// A clock that begins anew.
  public PatientTime() {}

  @Override
  public Instant now() {
    return START.plusNanos(nanos.get());
  }

  @Override
  public long nanos() {
    return nanos.get();
  }

  @Override
  public void sleep(Duration duration) {
    nanos.addAndGet(duration.toNanos());
  }
}
