package dev.stanch.detectors.http;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;

/// What the clients of all providers share in one run: connections, proxy, trusted authorities, the
/// name we go by, clock and chance. Thread-safe; closing ends every call.
public final class Transport implements AutoCloseable {
  // What the JDK's client is told before it is loaded, because it knows no other way. Whoever sets
  // one of these properties keeps their own value.
  static {
    // Send a password to a proxy that wants one.
    tell("jdk.http.auth.tunneling.disabledSchemes", "");
    // Send nothing a second time by itself: whether that is harmless, only the caller knows.
    tell("jdk.httpclient.disableRetryConnect", "");
    tell("jdk.httpclient.redirects.retrylimit", "1");
  }

  private static final Duration CONNECT = Duration.ofSeconds(10);

  private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
  // A look-up that hangs holds its thread in native code: a virtual one would hold a core's.
  private final ExecutorService lookups =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("lookup-", 0).factory());
  private final HttpClient client;
  private final Proxies proxies;
  private final String userAgent;
  private final Time time;
  private final RandomGenerator random;
  private final Map<String, Duration> skews = new ConcurrentHashMap<>();
  private final Reachability reachability;

  /// A transport.
  ///
  /// @param variables of the process: proxies and certificates are found in them
  /// @param userAgent names the tool and its version
  /// @throws TransportException when a variable names a proxy or certificates that cannot be used
  public Transport(
      Map<String, String> variables, String userAgent, Time time, RandomGenerator random)
      throws TransportException {
    this(variables, Authorities.from(variables), userAgent, time, random);
  }

  /// A transport for one host that others vouch for than the variables say, or that wants to see a
  /// certificate.
  ///
  /// @param tls whom it trusts and what it shows
  public Transport(
      Map<String, String> variables,
      SSLContext tls,
      String userAgent,
      Time time,
      RandomGenerator random)
      throws TransportException {
    this(variables, Optional.of(tls), userAgent, time, random);
  }

  private Transport(
      Map<String, String> variables,
      Optional<SSLContext> tls,
      String userAgent,
      Time time,
      RandomGenerator random)
      throws TransportException {
    this.userAgent = requireNonNull(userAgent, "userAgent");
    this.time = requireNonNull(time, "time");
    this.reachability = new Reachability(time);
    this.random = requireNonNull(random, "random");
    this.proxies = Proxies.from(variables, ProxySelector.getDefault());
    var builder =
        HttpClient.newBuilder()
            .executor(calls)
            // One kind of connection has one kind of failures; no provider needs the other.
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .proxy(proxies)
            .followRedirects(HttpClient.Redirect.NEVER);
    tls.ifPresent(builder::sslContext);
    this.client = builder.build();
  }

  static void tell(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  HttpClient client() {
    return client;
  }

  Proxies proxies() {
    return proxies;
  }

  String userAgent() {
    return userAgent;
  }

  Time time() {
    return time;
  }

  RandomGenerator random() {
    return random;
  }

  /// Looks a host up, on a thread that may be left behind.
  Future<InetAddress[]> lookUp(String host) {
    return lookups.submit(() -> InetAddress.getAllByName(host));
  }

  /// Which hosts are reached.
  Reachability reachability() {
    return reachability;
  }

  void learnSkew(String host, Duration skew) {
    skews.put(host, skew);
  }

  /// How far the clocks of the hosts called so far are ahead of ours.
  public Map<String, Duration> skews() {
    return Map.copyOf(skews);
  }

  @Override
  public void close() {
    client.shutdownNow();
    calls.shutdownNow();
    lookups.shutdownNow();
  }
}
