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

  /// What is told of a window's end is told in whole seconds, and taken for the later.
  private static final Duration ROUNDED = Duration.ofSeconds(1);

  private final int most;
  private final Duration length;
  private final ArrayDeque<Long> begun = new ArrayDeque<>(); // the last so many, in order

  /// The provider's own window, where it told: what began before counts no longer.
  private long begins = Long.MIN_VALUE;

  private long ends = Long.MIN_VALUE;

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

  /// Believes the provider that its own window ends so much later than now.
  void endsIn(Duration left, long now) {
    ends = now + left.toNanos();
    boolean known = left.compareTo(length.plus(ROUNDED)) <= 0;
    begins = known ? ends - length.plus(ROUNDED).toNanos() : Long.MIN_VALUE;
  }

  /// From when on one more may begin: less than the most of them lie within any window then, or
  /// within the provider's own. Of a long one a part is kept for what changes something.
  long room(Errand errand) {
    boolean shares = errand == Errand.ASKING && length.compareTo(Limiter.SOON) > 0;
    int allowed = most - (shares ? most / KEPT : 0);
    if (since(begins) < allowed) {
      return Long.MIN_VALUE;
    }
    long slid =
        begun.stream().skip(begun.size() - allowed).findFirst().orElse(Long.MIN_VALUE)
            + length.plus(MARGIN).toNanos();
    return since(ends) >= allowed ? slid : Math.min(slid, ends);
  }

  private long since(long moment) {
    return begun.stream().filter(at -> at >= moment).count();
  }
}
