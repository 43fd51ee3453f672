package dev.stanch.detectors.http;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/// Where a provider's API begins: `https://host[:port][/path]`, or `http` on loopback.
///
/// @param scheme `https`, or `http` when the host is loopback
/// @param host in lower case; an IPv6 address in brackets
/// @param port the one to connect to, also where the URL named none
/// @param path empty, or begins with `/` and does not end with one; already encoded
public record BaseUrl(String scheme, String host, int port, String path) {
  public BaseUrl {
    requireNonNull(scheme, "scheme");
    requireNonNull(host, "host");
    requireNonNull(path, "path");
  }

  /// A URL written in our own code.
  ///
  /// @throws IllegalArgumentException when it is none
  public static BaseUrl of(String url) {
    try {
      return parse(url);
    } catch (BadUrlException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /// A URL that somebody else wrote: a variable, a configuration.
  public static BaseUrl parse(String url) throws BadUrlException {
    URI uri;
    try {
      uri = new URI(url.strip());
    } catch (URISyntaxException _) { // its message repeats the URL
      throw new BadUrlException("not a URL");
    }
    if (uri.getScheme() == null || uri.getHost() == null) {
      throw new BadUrlException("not a URL with a scheme and a host, such as https://example.com");
    }
    if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new BadUrlException("a base URL has no user, query or fragment");
    }
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    host = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    if (!scheme.equals("https") && !(scheme.equals("http") && isLoopback(host))) {
      throw new BadUrlException("only https is spoken, except on loopback");
    }
    int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
    if (port == 0 || port > 65_535) {
      throw new BadUrlException("a port is a number from 1 to 65535");
    }
    return new BaseUrl(scheme, host, port, path(uri));
  }

  private static String path(URI uri) throws BadUrlException {
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    if (!uri.normalize().getRawPath().equals(path) || path.contains("//")) {
      throw new BadUrlException("a base URL has no empty, '.' or '..' segments");
    }
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  /// Whether calls stay on this machine. Only `localhost` and spelt-out addresses count: any other
  /// name could be made to point anywhere.
  public boolean loopback() {
    return isLoopback(host);
  }

  /// Scheme, host and, where it is not the scheme's own, port.
  public String origin() {
    boolean usual = port == (scheme.equals("https") ? 443 : 80);
    return scheme + "://" + host + (usual ? "" : ":" + port);
  }

  /// Whether a host in lower case is this machine.
  static boolean isLoopback(String host) {
    return host.equals("localhost")
        || (host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}") || host.equals("[::1]"))
            && InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")).isLoopbackAddress();
  }

  @Override
  public String toString() {
    return origin() + path;
  }
}
