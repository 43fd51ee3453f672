package dev.stanch.detectors.http;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/// What a provider's documentation allows: so many requests in a window, so many at once.
///
/// @param burst how many requests of a window may begin in a second
/// @param perAccount how many requests of a window each account has to itself; 0 where all of ours
///   are counted together. What was accepted counts to the account of its credential then, and the
///   rest together.
public record RateLimit(int requests, Duration window, int concurrent, int burst, int perAccount) {
  private static final int USUAL_CONCURRENCY = 8;
  private static final int BURST = 20;

  public RateLimit {
    requireNonNull(window, "window");
    if (requests < 1 || concurrent < 1 || burst < 1 || perAccount < 0 || !window.isPositive()) {
      throw new IllegalArgumentException("a limit allows something");
    }
  }

  /// A limit of all our requests together.
  public RateLimit(int requests, Duration window, int concurrent, int burst) {
    this(requests, window, concurrent, burst, 0);
  }

  /// A limit that says nothing of the single second.
  public RateLimit(int requests, Duration window, int concurrent) {
    this(requests, window, concurrent, BURST);
  }

  /// The same for whoever shows no credential that is accepted; each account has a limit of its
  /// own.
  public RateLimit withAccounts(int accepted) {
    return new RateLimit(requests, window, concurrent, burst, accepted);
  }

  /// A limit of requests in a window, with the usual concurrency.
  public static RateLimit of(int requests, Duration window) {
    return new RateLimit(requests, window, USUAL_CONCURRENCY);
  }

  /// For a provider that documents none: five a second, where no 429 comes before.
  public static RateLimit undocumented() {
    return of(5, Duration.ofSeconds(1));
  }

  /// The fastest pace in requests a second. A window may be used up before it ends, because a
  /// responder has no time to lose; but not all at once, where its second is not documented.
  double fastest() {
    return Math.max(requests * 1e9 / window.toNanos(), Math.min(requests, burst));
  }
}
