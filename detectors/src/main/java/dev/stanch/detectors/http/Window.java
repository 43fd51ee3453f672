package dev.stanch.detectors.http;

import dev.stanch.detectors.http.Limiter.Errand;
import java.time.Duration;
import java.util.ArrayDeque;

/// The requests that count to one limit, everybody's or one account's, by the moments at which they
/// began. Not thread-safe: its [Limiter] is.
final class Window {
  private static final int KEPT = 50; // one in so many

  /// Requests of one window do not arrive as they were sent.
  private static final Duration MARGIN = Duration.ofMillis(20);

  private final int most;
  private final Duration length;
  private final ArrayDeque<Long> begun = new ArrayDeque<>(); // the last so many, in order
  private long renewed = Long.MIN_VALUE; // what began before counts no longer then

  /// @param most how many requests may begin in any time of this length
  Window(int most, Duration length) {
    this.most = most;
    this.length = length;
  }

  /// Counts a request.
  void add(long at) {
    begun.addLast(at);
    while (begun.size() > most) {
      begun.removeFirst();
    }
  }

  /// Takes one out of the count.
  void drop(long at) {
    begun.removeLastOccurrence(at);
  }

  /// Believes the provider that its own window ends then.
  void endsAt(long at) {
    renewed = at;
  }

  /// From when on one more may begin: less than the most of them lie within any window then, or
  /// behind the moment at which the provider's begins. Of a long one a part is kept for what
  /// changes something.
  long room(Errand errand) {
    boolean shares = errand == Errand.ASKING && length.compareTo(Limiter.SOON) > 0;
    int allowed = most - (shares ? most / KEPT : 0);
    if (begun.size() < allowed) {
      return Long.MIN_VALUE;
    }
    long slid =
        begun.stream().skip(begun.size() - allowed).findFirst().orElse(Long.MIN_VALUE)
            + length.plus(MARGIN).toNanos();
    boolean full = begun.stream().filter(at -> at >= renewed).count() >= allowed;
    return full ? slid : Math.min(slid, renewed);
  }
}
