package dev.stanch.detectors.http;

import static java.util.Objects.requireNonNull;

import java.net.http.HttpClient;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;

/// What the clients of all providers share in one run: connections, proxy, trusted authorities, the
/// name we go by, clock and chance. Thread-safe; closing ends every call.
public final class Transport implements AutoCloseable {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client;
  private final String userAgent;
  private final Time time;
  private final RandomGenerator random;

  /// A transport.
  ///
  /// @param variables of the process: proxies and certificates are found in them
  /// @param userAgent names the tool and its version
  /// @throws TrustException when a file of certificates that a variable names cannot be read
  public Transport(
      Map<String, String> variables, String userAgent, Time time, RandomGenerator random)
      throws TrustException {
    requireNonNull(variables, "variables");
    this.userAgent = requireNonNull(userAgent, "userAgent");
    this.time = requireNonNull(time, "time");
    this.random = requireNonNull(random, "random");
    this.client =
        HttpClient.newBuilder()
            .executor(threads)
            .connectTimeout(HttpSettings.usual().connect())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  HttpClient client() {
    return client;
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

  @Override
  public void close() {
    client.shutdownNow();
    threads.shutdownNow();
  }
}
