package dev.stanch.detectors.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/// How a client that is not ours reaches hosts as all our calls do: through the same proxies,
/// trusting the same authorities.
public final class Routes {
  // Send a password to a proxy that wants one: see Transport.
  static {
    Transport.tell("jdk.http.auth.tunneling.disabledSchemes", "");
  }

  private final Proxies proxies;
  private final Optional<TrustManager[]> trusted;

  private Routes(Proxies proxies, Optional<TrustManager[]> trusted) {
    this.proxies = proxies;
    this.trusted = trusted;
  }

  /// The routes of calls by `scheme`, `http` or `https`.
  ///
  /// @param variables of the process: proxies and certificates are found in them
  /// @param besides a variable of the client's own that names certificates
  /// @throws TransportException when a variable names a proxy or certificates that cannot be used
  public static Routes to(String scheme, Map<String, String> variables, String besides)
      throws TransportException {
    ProxySelector otherwise = ProxySelector.getDefault();
    return new Routes(
        scheme.equals("http")
            ? Proxies.plain(variables, otherwise)
            : Proxies.from(variables, otherwise),
        Authorities.managers(variables, besides));
  }

  /// The proxy for a URL, or none.
  public Proxy proxy(URI url) {
    return proxies.select(url).getFirst();
  }

  /// Who may vouch for a host, where that is not the JDK's own choice.
  public Optional<TrustManager[]> trusted() {
    return trusted;
  }

  /// What tells the proxy, and nobody else, the login that its variable holds; empty without one.
  public Optional<Authenticator> proxyLogin() {
    InetSocketAddress proxy = proxies.proxy();
    String login = proxies.authorization();
    if (proxy == null || login == null) {
      return Optional.empty();
    }
    String both = new String(Base64.getDecoder().decode(login.substring("Basic ".length())), UTF_8);
    int colon = both.indexOf(':');
    return Optional.of(
        new Authenticator() {
          @Override
          protected @Nullable PasswordAuthentication getPasswordAuthentication() {
            boolean asked =
                getRequestorType() == RequestorType.PROXY
                    && proxy.getHostString().equalsIgnoreCase(getRequestingHost())
                    && proxy.getPort() == getRequestingPort();
            return asked
                ? new PasswordAuthentication(
                    both.substring(0, colon), both.substring(colon + 1).toCharArray())
                : null;
          }
        });
  }
}
