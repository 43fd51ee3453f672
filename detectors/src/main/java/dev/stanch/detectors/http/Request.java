package dev.stanch.detectors.http;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One call to a provider. Holds a credential more often than not, so it never prints more than
/// method, host and path.
public final class Request {
  private final String method;
  private final URI uri;
  private final Map<String, String> headers;
  private final byte @Nullable [] body;

  private Request(String method, URI uri, Map<String, String> headers, byte @Nullable [] body) {
    this.method = requireNonNull(method, "method");
    this.uri = requireNonNull(uri, "uri");
    this.headers = headers;
    this.body = body;
  }

  /// A GET.
  public static Request get(URI uri) {
    return new Request("GET", uri, Map.of(), null);
  }

  /// A POST of JSON text.
  public static Request postJson(URI uri, String json) {
    return new Request(
        "POST",
        uri,
        Map.of("Content-Type", "application/json"),
        json.getBytes(StandardCharsets.UTF_8));
  }

  /// The same call with one more header.
  public Request header(String name, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Request(method, uri, more, body);
  }

  String method() {
    return method;
  }

  /// Where the call goes.
  public URI uri() {
    return uri;
  }

  Map<String, String> headers() {
    return headers;
  }

  Optional<byte[]> body() {
    return Optional.ofNullable(body);
  }

  @Override
  public String toString() {
    return method + " " + uri.getScheme() + "://" + uri.getAuthority() + uri.getPath();
  }
}
