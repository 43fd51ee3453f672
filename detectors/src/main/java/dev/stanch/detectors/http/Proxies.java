package dev.stanch.detectors.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which calls go through a proxy: what `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY` say, in either
/// case; without them what the JDK's own selector says (`-Dhttps.proxyHost`). Loopback never does.
///
/// TLS ends at the provider, not at the proxy: the proxy sees host names, and resolves them.
final class Proxies extends ProxySelector {
  private static final List<String> VARIABLES =
      List.of("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy");

  /// Without the name in capitals, which in a CGI program is a header that the caller sends.
  private static final List<String> PLAIN = List.of("http_proxy", "ALL_PROXY", "all_proxy");

  private final @Nullable InetSocketAddress proxy;
  private final @Nullable String authorization;
  private final List<String> exceptions;
  private final ProxySelector otherwise;

  private Proxies(
      @Nullable InetSocketAddress proxy,
      @Nullable String authorization,
      List<String> exceptions,
      ProxySelector otherwise) {
    this.proxy = proxy;
    this.authorization = authorization;
    this.exceptions = exceptions;
    this.otherwise = otherwise;
  }

  /// What the variables say.
  ///
  /// @param otherwise asked where no variable names a proxy
  static Proxies from(Map<String, String> variables, ProxySelector otherwise)
      throws TransportException {
    return from(variables, VARIABLES, otherwise);
  }

  /// The same for calls without TLS, which go where `http_proxy` says.
  static Proxies plain(Map<String, String> variables, ProxySelector otherwise)
      throws TransportException {
    return from(variables, PLAIN, otherwise);
  }

  private static Proxies from(
      Map<String, String> variables, List<String> names, ProxySelector otherwise)
      throws TransportException {
    List<String> exceptions =
        List.of(
            variables
                .getOrDefault("NO_PROXY", variables.getOrDefault("no_proxy", ""))
                .toLowerCase(Locale.ROOT)
                .split("[,\\s]+"));
    for (String variable : names) {
      String value = variables.getOrDefault(variable, "").strip();
      if (!value.isEmpty()) {
        URI uri = uri(variable, value);
        int port = uri.getPort() >= 0 ? uri.getPort() : 80;
        return new Proxies(
            InetSocketAddress.createUnresolved(uri.getHost(), port),
            authorization(uri.getRawUserInfo()),
            exceptions,
            otherwise);
      }
    }
    return new Proxies(null, null, exceptions, otherwise);
  }

  private static URI uri(String variable, String value) throws TransportException {
    try {
      URI uri = new URI(value.contains("://") ? value : "http://" + value);
      if (uri.getHost() == null) {
        throw new TransportException(variable, "not a proxy such as http://proxy.example:3128");
      }
      if (!"http".equalsIgnoreCase(uri.getScheme())) {
        throw new TransportException(variable, "only proxies that speak http are supported");
      }
      return uri;
    } catch (URISyntaxException _) { // its message repeats the password
      throw new TransportException(variable, "not a proxy such as http://proxy.example:3128");
    }
  }

  private static @Nullable String authorization(@Nullable String userInfo) {
    if (userInfo == null) {
      return null;
    }
    // A plus sign is one: only percent signs are decoded in this part of a URL.
    String decoded = URLDecoder.decode(userInfo.replace("+", "%2B"), UTF_8);
    String both = decoded.contains(":") ? decoded : decoded + ":";
    return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(UTF_8));
  }

  /// The proxy that a variable names.
  @Nullable InetSocketAddress proxy() {
    return proxy;
  }

  /// What it wants to see.
  @Nullable String authorization() {
    return authorization;
  }

  /// What the proxy of a call wants to see.
  Optional<String> authorization(BaseUrl url) {
    return proxied(url) ? Optional.ofNullable(authorization) : Optional.empty();
  }

  /// Whether calls to `url` go through a proxy, which then resolves the name.
  boolean proxied(BaseUrl url) {
    return select(URI.create(url.origin())).stream()
        .anyMatch(each -> each.type() == Proxy.Type.HTTP);
  }

  @Override
  public List<Proxy> select(URI uri) {
    // The JDK finds no host in a name with an underscore, which machines at home have.
    String named = uri.getHost() == null ? uri.getAuthority() : uri.getHost();
    String host = named.replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT);
    if (BaseUrl.isLoopback(host)) {
      return List.of(Proxy.NO_PROXY);
    }
    if (proxy == null) {
      return otherwise.select(uri);
    }
    int usual = "http".equalsIgnoreCase(uri.getScheme()) ? 80 : 443;
    int port = uri.getPort() < 0 ? usual : uri.getPort();
    String name = host.replaceAll("[\\[\\]]|\\.$", "");
    return exceptions.stream().anyMatch(exception -> excepts(exception, name, port))
        ? List.of(Proxy.NO_PROXY)
        : List.of(new Proxy(Proxy.Type.HTTP, proxy));
  }

  /// Whether an entry of `NO_PROXY` speaks of a host: `*`, a name with all below it, an address, a
  /// range of addresses, each with a port if need be.
  private static boolean excepts(String exception, String host, int port) {
    if (exception.isEmpty()) {
      return false;
    }
    if (exception.equals("*")) {
      return true;
    }
    if (exception.contains("/")) {
      return inRange(exception, host);
    }
    String name = exception;
    int colon = name.lastIndexOf(':');
    if (colon > 0 && name.indexOf(':') == colon) {
      if (!name.substring(colon + 1).equals(Integer.toString(port))) {
        return false;
      }
      name = name.substring(0, colon);
    }
    String suffix = name.replaceFirst("^\\*?\\.", "");
    return host.equals(suffix) || host.endsWith("." + suffix);
  }

  private static boolean inRange(String range, String host) {
    try {
      int slash = range.indexOf('/');
      byte[] from = InetAddress.ofLiteral(range.substring(0, slash)).getAddress();
      byte[] address = InetAddress.ofLiteral(host).getAddress();
      int rest = from.length * 8 - Integer.parseInt(range.substring(slash + 1));
      return rest >= 0
          && address.length == from.length
          && new BigInteger(1, address)
              .shiftRight(rest)
              .equals(new BigInteger(1, from).shiftRight(rest));
    } catch (IllegalArgumentException _) { // a name, or not a range
      return false;
    }
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    // The call that failed says so; there is no second proxy to try.
  }

  @Override
  public String toString() {
    return "Proxies[" + (proxy == null ? "none" : proxy.getHostString()) + "]";
  }
}
