package dev.stanch.detectors.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The pause that an answer asks for.
final class Pause {
  private static final Duration LONGEST = Duration.ofDays(1);

  private Pause() {}

  /// That of `Retry-After`.
  static Optional<Duration> askedFor(Answer answer) {
    return answer.header("retry-after").flatMap(text -> retryAfter(text, answer));
  }

  private static Optional<Duration> retryAfter(String text, Answer answer) {
    if (text.strip().matches("\\d{1,12}(?:\\.\\d{1,9})?")) {
      return Optional.of(seconds(Double.parseDouble(text.strip())));
    }
    // The provider's clock against itself: ours may be wrong.
    Instant now = answer.date().orElse(answer.received());
    return Answer.instant(text.strip())
        .map(until -> Duration.between(now, until))
        .map(wait -> wait.isNegative() ? Duration.ZERO : wait)
        .map(Pause::capped);
  }

  private static Duration seconds(double seconds) {
    return capped(Duration.ofNanos((long) (Math.min(seconds, 1e9) * 1e9)));
  }

  private static Duration capped(Duration wait) {
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }
}
