package dev.stanch.detectors.http;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Which hosts nobody reaches for now, so that a thousand questions to a host that is gone, or to
/// all of them where the network is, do not each wait for themselves. Thread-safe.
final class Reachability {
  /// Requests in a row that came to nothing before the next ones are told the same.
  static final int IN_VAIN = 5;

  /// How long they are told so before one tries again.
  static final Duration HOLDS = Duration.ofSeconds(30);

  private record Tried(int times, Outcome last, long at) {}

  private final Map<String, Tried> byOrigin = new ConcurrentHashMap<>();
  private final Time time;

  Reachability(Time time) {
    this.time = time;
  }

  /// What a request to this host would come to; empty where it is worth a try.
  Optional<Outcome> known(String origin) {
    return Optional.ofNullable(byOrigin.get(origin))
        .filter(tried -> tried.times() >= IN_VAIN)
        .filter(tried -> time.nanos() - tried.at() < HOLDS.toNanos())
        .map(Tried::last);
  }

  /// Learns what became of a request, and says whether it is worth another try now.
  boolean learn(String origin, Outcome outcome) {
    if (!inVain(outcome)) {
      byOrigin.remove(origin);
      return true;
    }
    Tried tried =
        byOrigin.merge(
            origin,
            new Tried(1, outcome, time.nanos()),
            (before, now) -> new Tried(before.times() + 1, outcome, now.at()));
    return tried.times() < IN_VAIN;
  }

  /// Whether not even a connection was made.
  private static boolean inVain(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Unreachable(var cause, _) ->
          cause == Outcome.Unreachable.Cause.UNKNOWN_HOST
              || cause == Outcome.Unreachable.Cause.NO_CONNECTION;
      case Outcome.TimedOut(boolean sent) -> !sent;
      case Answer _, Outcome.TooLarge _, Outcome.Refused _, Outcome.Deferred _ -> false;
    };
  }
}
