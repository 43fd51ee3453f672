package dev.stanch.revokers.provider.plain;

import dev.stanch.detectors.http.Answer;
import dev.stanch.detectors.model.Secret;
import dev.stanch.revokers.spi.Verification;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What was just said of live tokens, for whoever looks for their keys next: where he would put the
/// same question again, this is its answer. Each is good for one look, and for a moment.
/// Thread-safe.
final class JustTold {
  private static final Duration FRESH = Duration.ofSeconds(30);

  private final InstantSource clock;

  /// By the very secret that was asked about.
  private final Map<Secret, Told> all = new ConcurrentHashMap<>();

  JustTold(InstantSource clock) {
    this.clock = clock;
  }

  /// An answer that says that a token lives.
  ///
  /// @param call the question
  /// @param region where it was put
  record Told(Call call, int region, Answer answer, Verification verification, Instant at) {
    /// Whether this answers a question about the same token.
    boolean answers(Call asked, int there) {
      return region == there && call.equals(asked);
    }
  }

  void keep(Secret token, Told told) {
    all.values().removeIf(this::stale);
    all.put(token, told);
  }

  /// What was said of a token, once.
  Optional<Told> take(Secret token) {
    return Optional.ofNullable(all.remove(token)).filter(told -> !stale(told));
  }

  private boolean stale(Told told) {
    return !told.at().plus(FRESH).isAfter(clock.instant());
  }
}
