package dev.stanch.detectors.http;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/// How long and how often a client tries, and how much it takes in.
///
/// @param exchange the longest from looking the host up to the last byte of the answer
/// @param longestWait the longest that a call waits for its turn or before it is repeated; what
///   takes longer is [Outcome.Deferred]
/// @param attempts how often a repeatable request is sent at the most
/// @param largestBody bytes of an answer's body
public record HttpSettings(Duration exchange, Duration longestWait, int attempts, int largestBody) {
  public HttpSettings {
    requireNonNull(exchange, "exchange");
    requireNonNull(longestWait, "longestWait");
    if (attempts < 1 || largestBody < 1 || !exchange.isPositive()) {
      throw new IllegalArgumentException("a client tries at least once, for some time");
    }
  }

  /// What suits every provider whose documentation says nothing else.
  public static HttpSettings usual() {
    return new HttpSettings(Duration.ofSeconds(30), Duration.ofMinutes(10), 4, 4 << 20);
  }

  /// The same with another time for a whole exchange.
  public HttpSettings withExchange(Duration longest) {
    return new HttpSettings(longest, longestWait, attempts, largestBody);
  }

  /// The same with another longest wait.
  public HttpSettings withLongestWait(Duration longest) {
    return new HttpSettings(exchange, longest, attempts, largestBody);
  }

  /// The same with another number of attempts.
  public HttpSettings withAttempts(int most) {
    return new HttpSettings(exchange, longestWait, most, largestBody);
  }

  /// The same with another bound for bodies.
  public HttpSettings withLargestBody(int bytes) {
    return new HttpSettings(exchange, longestWait, attempts, bytes);
  }
}
