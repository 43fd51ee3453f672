package dev.stanch.detectors.http;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The pause that an answer asks for, in the forms that providers use. A day at the most, whatever
/// the answer says.
final class Pause {
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final double FIRST_EPOCH_SECOND = 1e9;
  private static final double FIRST_EPOCH_MILLI = 1e11;
  private static final Pattern NUMBER = Pattern.compile("\\d{1,15}(?:\\.\\d{1,9})?");
  private static final Pattern UNITS = Pattern.compile("(?:\\d{1,9}(?:\\.\\d{1,9})?(?:ms|s|m|h))+");
  private static final Pattern UNIT = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m|h)");
  // RateLimit: "api";r=0;t=55 and its older form, limit=100, remaining=0, reset=55
  private static final Pattern LEFT = Pattern.compile("[;,\\s](?:r|remaining)=(\\d{1,9})\\b");
  private static final String FIXED = "\"fixed window\"";
  private static final Pattern UNTIL = Pattern.compile("[;,\\s](?:t|reset)=(\\d{1,15})\\b");

  /// Header pairs: how many requests are left, and when there will be more.
  private record Pair(String left, String until) {}

  private static final List<Pair> PAIRS =
      List.of(
          new Pair("ratelimit-remaining", "ratelimit-reset"),
          new Pair("x-ratelimit-remaining", "x-ratelimit-reset-after"),
          new Pair("x-ratelimit-remaining", "x-ratelimit-reset"),
          new Pair("x-rate-limit-remaining", "x-rate-limit-reset"),
          new Pair("x-ratelimit-remaining-requests", "x-ratelimit-reset-requests"));

  private final Answer answer;
  private final Instant providersNow;

  private Pause(Answer answer) {
    this.answer = answer;
    // The provider's clock against itself: ours may be wrong.
    this.providersNow = answer.date().orElse(answer.received());
  }

  /// What `Retry-After` says, or else the headers that count requests, when none is left.
  static Optional<Duration> askedFor(Answer answer) {
    var pause = new Pause(answer);
    return answer
        .header("retry-after")
        .flatMap(pause::retryAfter)
        .or(pause::standardHeader)
        .or(pause::pairs)
        .map(wait -> wait.isNegative() ? Duration.ZERO : wait)
        .map(wait -> wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
  }

  /// How long the provider's window still lasts, where it says that its windows are fixed. Its
  /// seconds may be rounded.
  static Optional<Duration> windowLeft(Answer answer) {
    boolean fixed =
        answer.headers("ratelimit-policy").stream().anyMatch(each -> each.contains(FIXED));
    return answer.headers("ratelimit").stream()
        .filter(_ -> fixed)
        .map(value -> UNTIL.matcher(" " + value))
        .filter(Matcher::find)
        .map(until -> seconds(Double.parseDouble(until.group(1)) + 1))
        .filter(left -> left.compareTo(LONGEST) <= 0)
        .findFirst();
  }

  private Optional<Duration> retryAfter(String text) {
    String value = text.strip();
    return NUMBER.matcher(value).matches()
        ? Optional.of(seconds(Double.parseDouble(value)))
        : Answer.instant(value).map(until -> Duration.between(providersNow, until));
  }

  private Optional<Duration> standardHeader() {
    for (String value : answer.headers("ratelimit")) {
      Matcher left = LEFT.matcher(" " + value);
      Matcher until = UNTIL.matcher(" " + value);
      if (left.find() && Long.parseLong(left.group(1)) == 0 && until.find()) {
        return reset(until.group(1));
      }
    }
    return Optional.empty();
  }

  private Optional<Duration> pairs() {
    return PAIRS.stream()
        .filter(
            pair -> answer.header(pair.left()).filter(left -> left.strip().equals("0")).isPresent())
        .flatMap(pair -> answer.header(pair.until()).flatMap(this::reset).stream())
        .findFirst();
  }

  /// Seconds from now, seconds or milliseconds since 1970, or an amount with units such as `6m0s`.
  private Optional<Duration> reset(String text) {
    String value = text.strip();
    if (NUMBER.matcher(value).matches()) {
      double number = Double.parseDouble(value);
      return Optional.of(
          number >= FIRST_EPOCH_MILLI
              ? untilMilli(number)
              : number >= FIRST_EPOCH_SECOND ? untilMilli(number * 1000) : seconds(number));
    }
    return UNITS.matcher(value).matches()
        ? Optional.of(seconds(UNIT.matcher(value).results().mapToDouble(Pause::amount).sum()))
        : Optional.empty();
  }

  private Duration untilMilli(double epochMilli) {
    return Duration.between(providersNow, Instant.ofEpochMilli((long) epochMilli));
  }

  private static double amount(MatchResult part) {
    double amount = Double.parseDouble(part.group(1));
    return switch (part.group(2)) {
      case "ms" -> amount / 1000;
      case "s" -> amount;
      case "m" -> amount * 60;
      case "h" -> amount * 3600;
      case String unit -> throw new IllegalStateException("no unit of time: " + unit);
    };
  }

  private static Duration seconds(double seconds) {
    return Duration.ofNanos((long) (Math.min(seconds, 1e9) * 1e9));
  }
}
