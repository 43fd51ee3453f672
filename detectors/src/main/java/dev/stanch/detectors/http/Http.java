package dev.stanch.detectors.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Calls providers. Follows no redirect, waits for no answer longer than its time-out, reads no
/// body beyond its bound, and sends nothing anywhere but to the hosts it was made for. Thread-safe.
public final class Http implements AutoCloseable {
  private static final int LARGEST_BODY = 4 << 20;

  private final HttpClient client;
  private final Set<String> hosts;
  private final Duration timeout;
  private final String userAgent;

  /// A client for these hosts, reached by HTTPS, and for loopback.
  ///
  /// @param hosts host names without ports
  /// @param timeout of one call, connecting included
  /// @param userAgent names the tool and its version
  public Http(Set<String> hosts, Duration timeout, String userAgent) {
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(timeout)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    this.hosts = Set.copyOf(hosts);
    this.timeout = timeout;
    this.userAgent = userAgent;
  }

  /// Sends `request` and waits for its answer.
  ///
  /// @throws HostRefusedException when the host is none of those this client was made for
  /// @throws IOException when no answer came, or one that is too large
  public Response send(Request request) throws IOException, InterruptedException {
    requireAllowed(request.uri());
    var builder =
        HttpRequest.newBuilder(request.uri())
            .timeout(timeout)
            .method(
                request.method(),
                request
                    .body()
                    .map(HttpRequest.BodyPublishers::ofByteArray)
                    .orElse(HttpRequest.BodyPublishers.noBody()))
            .setHeader("User-Agent", userAgent);
    request.headers().forEach(builder::setHeader);
    HttpResponse<InputStream> response =
        client.send(builder.build(), HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream in = response.body()) {
      return new Response(response.statusCode(), headers(response), bounded(in));
    }
  }

  private void requireAllowed(URI uri) throws HostRefusedException {
    String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
    if (isLoopback(host)) {
      return;
    }
    if (!hosts.contains(host) || !"https".equals(uri.getScheme())) {
      throw new HostRefusedException(uri.getScheme() + "://" + host);
    }
  }

  private static boolean isLoopback(String host) {
    // Only spelt-out addresses: a name could be made to point anywhere.
    return host.equals("localhost")
        || (host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}") || host.equals("[::1]"))
            && InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")).isLoopbackAddress();
  }

  private static Map<String, String> headers(HttpResponse<?> response) {
    var headers = new HashMap<String, String>();
    response
        .headers()
        .map()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    return headers;
  }

  private static byte[] bounded(InputStream in) throws IOException {
    var out = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    int read;
    while ((read = in.read(buffer)) >= 0) {
      out.write(buffer, 0, read);
      if (out.size() > LARGEST_BODY) {
        throw new IOException("the answer is larger than " + LARGEST_BODY + " bytes");
      }
    }
    return out.toByteArray();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
