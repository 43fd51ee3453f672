package dev.stanch.revokers.run;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Somebody's wish, or the journal's, that no new call is made. Thread-safe.
final class Stop {
  private final AtomicReference<@Nullable String> reason = new AtomicReference<>();
  private final CountDownLatch requested = new CountDownLatch(1);

  void request(String why) {
    reason.compareAndSet(null, why);
    requested.countDown();
  }

  boolean requested() {
    return reason.get() != null;
  }

  Optional<String> reason() {
    return Optional.ofNullable(reason.get());
  }

  /// Waits, or less where a stop is requested.
  ///
  /// @return whether the whole time passed
  boolean sleep(Duration duration) throws InterruptedException {
    return !requested.await(Math.max(0, duration.toMillis()), TimeUnit.MILLISECONDS);
  }
}
