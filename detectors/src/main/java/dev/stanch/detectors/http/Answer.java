package dev.stanch.detectors.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a provider answered: any status, redirects too. The body may echo a credential, so it is
/// never printed.
public final class Answer implements Outcome {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Pattern NEXT =
      Pattern.compile("<([^>]{1,2000})>\\s*;[^,<]*\\brel=\"?next\\b");

  private final int status;
  private final Map<String, List<String>> headers;
  private final byte[] body;
  private final Instant received;

  /// An answer; header names in lower case.
  Answer(int status, Map<String, List<String>> headers, byte[] body, Instant received) {
    this.status = status;
    this.headers = Map.copyOf(headers);
    this.body = requireNonNull(body, "body");
    this.received = requireNonNull(received, "received");
  }

  /// The status code.
  public int status() {
    return status;
  }

  /// The first value of a header.
  public Optional<String> header(String name) {
    List<String> values = headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
  }

  /// Every value of a header.
  public List<String> headers(String name) {
    return List.copyOf(headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()));
  }

  /// The URL of the list's next page, where a `Link` header names one (RFC 8288). Where it leads is
  /// the answer's word alone.
  public Optional<String> next() {
    return headers("link").stream().map(Answer::next).flatMap(Optional::stream).findFirst();
  }

  /// The same of such a header's text.
  public static Optional<String> next(String link) {
    Matcher next = NEXT.matcher(link);
    return next.find() ? Optional.of(next.group(1)) : Optional.empty();
  }

  /// All headers; names in lower case.
  public Map<String, List<String>> headers() {
    return headers;
  }

  /// The body as UTF-8.
  public String text() {
    return new String(body, UTF_8);
  }

  /// The body, a copy.
  public byte[] bytes() {
    return body.clone();
  }

  /// The body as JSON; a missing node when it is none.
  public JsonNode json() {
    try {
      JsonNode tree = JSON.readTree(body);
      return tree == null ? MissingNode.getInstance() : tree;
    } catch (JsonProcessingException _) {
      return MissingNode.getInstance();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException("an array cannot fail to be read", e);
    }
  }

  /// What stands in the JSON at a path such as `error.code` or `data.0.id`; a missing node when
  /// nothing does.
  public JsonNode find(String path) {
    JsonNode node = json();
    for (String step : path.split("\\.", -1)) {
      node =
          node.isArray() && step.matches("\\d{1,9}")
              ? node.path(Integer.parseInt(step))
              : node.path(step);
    }
    return node;
  }

  /// The text, number or truth value at a path; empty when there is none or it is `null`.
  public Optional<String> value(String path) {
    JsonNode node = find(path);
    return node.isValueNode() && !node.isNull() && !node.asText("").isEmpty()
        ? Optional.of(node.asText())
        : Optional.empty();
  }

  /// When the provider says it answered.
  public Optional<Instant> date() {
    return header("date").flatMap(Answer::instant);
  }

  /// How far the provider's clock is ahead of ours; `Date` counts in seconds, so less than two says
  /// nothing.
  public Optional<Duration> skew() {
    return date().map(date -> Duration.between(received, date));
  }

  /// When the answer was whole, by our clock.
  public Instant received() {
    return received;
  }

  /// From when on the provider wants to be asked again, by our clock, where it says so:
  /// `Retry-After` or the headers that count requests.
  public Optional<Instant> askAgainAt() {
    return Pause.askedFor(this).map(received::plus);
  }

  static Optional<Instant> instant(String httpDate) {
    try {
      return Optional.of(
          ZonedDateTime.parse(httpDate, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  @Override
  public String reason() {
    return "answer " + status;
  }

  @Override
  public boolean retryable() {
    return status == 429 || status >= 500;
  }

  @Override
  public boolean sent() {
    return true;
  }

  @Override
  public String toString() {
    return "Answer[" + status + ", " + body.length + " bytes]";
  }
}
