package dev.stanch.detectors.http;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a provider answered. The body may echo a credential, so it is never printed.
public final class Response {
  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  /// An answer; header names in lower case.
  Response(int status, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = Map.copyOf(headers);
    this.body = requireNonNull(body, "body");
  }

  /// The status code.
  public int status() {
    return status;
  }

  /// The first value of a header.
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  /// The body as UTF-8.
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "Response[" + status + ", " + body.length + " bytes]";
  }
}
