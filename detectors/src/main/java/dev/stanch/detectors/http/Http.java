package dev.stanch.detectors.http;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/// Calls one provider. Sends nothing to a host that its [HostPolicy] does not allow, follows no
/// redirect, keeps to the provider's pace, waits for no answer longer than told, and reads no body
/// beyond its bound. Thread-safe; [Transport] owns the connections.
public final class Http {
  private static final Duration FIRST_BACKOFF = Duration.ofMillis(500);
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(30);

  private final Transport transport;
  private final HostPolicy policy;
  private final Limiter limiter;
  private final HttpSettings settings;

  /// A client.
  ///
  /// @param limiter shared by all clients of this provider in this run
  public Http(Transport transport, HostPolicy policy, Limiter limiter, HttpSettings settings) {
    this.transport = requireNonNull(transport, "transport");
    this.policy = requireNonNull(policy, "policy");
    this.limiter = requireNonNull(limiter, "limiter");
    this.settings = requireNonNull(settings, "settings");
  }

  /// The same client with other settings.
  public Http with(HttpSettings others) {
    return new Http(transport, policy, limiter, others);
  }

  /// A client for calls that have a limit of their own, which this one's pace does not count.
  public Http pacedBesides(RateLimit limit) {
    return new Http(transport, policy, new Limiter(limit, transport.time()), settings);
  }

  /// The settings of this client.
  public HttpSettings settings() {
    return settings;
  }

  /// The clock by which this client waits.
  public Time time() {
    return transport.time();
  }

  /// Whom this client may call.
  public HostPolicy policy() {
    return policy;
  }

  /// Sends `request` and waits for what becomes of it. A repeatable one is sent again after a 429,
  /// a 5xx or a failed connection, as often as the settings say; any other is sent once.
  public Outcome send(Request request) throws InterruptedException {
    return send(request, this::exchange);
  }

  /// What [#open] gives.
  public sealed interface Opened {
    /// The body of a successful answer, as it comes; whoever asked closes it.
    record Body(InputStream in) implements Opened {
      public Body {
        requireNonNull(in, "in");
      }
    }

    /// No such answer.
    record Failed(Outcome outcome) implements Opened {
      public Failed {
        requireNonNull(outcome, "outcome");
      }
    }
  }

  /// Sends `request` as [#send] does and hands over the body while it comes, for answers that have
  /// no end of their own: a body that is silent for `silence` counts as ended, and so does one that
  /// has come for as long as the settings give an exchange.
  public Opened open(Request request, Duration silence) throws InterruptedException {
    var body = new AtomicReference<StreamedBody>();
    Outcome outcome =
        send(request, (prepared, deadline) -> streaming(prepared, deadline, silence, body));
    StreamedBody streamed = body.get();
    return streamed == null ? new Opened.Failed(outcome) : new Opened.Body(streamed.stream());
  }

  /// What is done with a request that may be sent.
  private interface Exchange {
    Outcome run(HttpRequest request, long deadline) throws InterruptedException;
  }

  private Outcome send(Request request, Exchange exchange) throws InterruptedException {
    if (request.flaw().isPresent()) {
      return new Outcome.Refused("not sent: " + request.flaw().get());
    }
    HostPolicy.Decision decision = policy.decide(request.base());
    if (!decision.allows()) {
      return new Outcome.Refused("not a host of this provider: " + request.base().origin());
    }
    int attempts = request.mayRepeat() ? settings.attempts() : 1;
    boolean sent = false;
    for (int attempt = 1; ; attempt++) {
      Attempt made = attempt(request, decision, exchange, sent);
      Outcome outcome = made.outcome();
      if (attempt == attempts || !made.worthAnother()) {
        return outcome;
      }
      sent |= outcome.sent();
      Duration pause = pauseAfter(outcome).orElse(Duration.ZERO);
      if (pause.compareTo(settings.longestWait()) > 0) {
        return new Outcome.Deferred(transport.time().now().plus(pause), true);
      }
      Duration backoff = backoff(attempt);
      transport.time().sleep(pause.compareTo(backoff) > 0 ? pause.plus(jitter(pause)) : backoff);
    }
  }

  private Limiter.@Nullable Turn turn(String way, Request request) throws InterruptedException {
    Duration longest = settings.longestWait();
    return request.mayRepeat()
        ? limiter.take(way, request.payer(), longest, Limiter.Errand.ASKING)
        : limiter.take(
            way,
            request.payer(),
            longest.compareTo(Limiter.SOON) < 0 ? longest : Limiter.SOON,
            Limiter.Errand.CHANGING);
  }

  /// What came of one, and whether the same request may go better at once.
  private record Attempt(Outcome outcome, boolean worthAnother) {}

  private Attempt attempt(
      Request request, HostPolicy.Decision decision, Exchange exchange, boolean sentBefore)
      throws InterruptedException {
    String way = request.method() + " " + request.base().host();
    Limiter.Turn turn = turn(way, request);
    if (turn == null) {
      Instant until = transport.time().now().plus(limiter.untilNext(way, request.payer()));
      return new Attempt(new Outcome.Deferred(until, sentBefore), false);
    }
    try {
      Reachability reachability = transport.reachability();
      Outcome inVain = reachability.known(request.base().origin()).orElse(null);
      if (inVain != null) {
        limiter.notSent(turn);
        return new Attempt(inVain, false);
      }
      Outcome outcome = exchange(request, decision, exchange);
      boolean reached = reachability.learn(request.base().origin(), outcome);
      if (outcome instanceof Answer answer) {
        limiter.learn(
            turn,
            answer.status(),
            pauseAfter(outcome).orElse(null),
            Pause.windowLeft(answer).orElse(null));
        answer.skew().ifPresent(skew -> transport.learnSkew(request.base().host(), skew));
      }
      return new Attempt(outcome, reached && outcome.retryable());
    } finally {
      limiter.done();
    }
  }

  private static Optional<Duration> pauseAfter(Outcome outcome) {
    return outcome instanceof Answer answer ? Pause.askedFor(answer) : Optional.empty();
  }

  private Duration backoff(int attempt) {
    Duration most = FIRST_BACKOFF.multipliedBy(1L << Math.min(attempt - 1, 10));
    if (most.compareTo(LONGEST_BACKOFF) > 0) {
      most = LONGEST_BACKOFF;
    }
    // From half to the whole: spread out, and never at once.
    return most.dividedBy(2).plus(jitter(most.dividedBy(2)));
  }

  private Duration jitter(Duration most) {
    Duration bounded = most.compareTo(LONGEST_BACKOFF) > 0 ? LONGEST_BACKOFF : most;
    return Duration.ofNanos((long) (bounded.toNanos() * transport.random().nextDouble()));
  }

  private Outcome exchange(Request request, HostPolicy.Decision decision, Exchange exchange)
      throws InterruptedException {
    long deadline = transport.time().nanos() + settings.exchange().toNanos();
    boolean guarded =
        !decision.allowsPrivateAddress() && !transport.proxies().proxied(request.base());
    if (guarded) {
      Optional<Outcome> barred = barred(request.base().host(), deadline);
      if (barred.isPresent()) {
        return barred.get();
      }
    }
    HttpRequest prepared;
    try {
      prepared = httpRequest(request);
    } catch (IllegalArgumentException _) { // its message repeats what it does not like
      return new Outcome.Refused("not sent: a header that the HTTP client does not take");
    }
    Outcome outcome = exchange.run(prepared, deadline);
    return guarded
            && outcome instanceof Outcome.Unreachable
            && AddressGuard.refused(request.base().host())
        ? notPublic(request.base().host())
        : outcome;
  }

  /// Puts a host under guard, and says why it must not be called now, if so.
  ///
  /// Looked up here as well, although the guard stands in every look-up from now on: the JDK may
  /// still hold addresses from before.
  private Optional<Outcome> barred(String host, long deadline) throws InterruptedException {
    if (!AddressGuard.inForce()) {
      return Optional.of(
          new Outcome.Refused("not sent: this Java runtime resolves names past our address rules"));
    }
    AddressGuard.guard(host);
    Future<InetAddress[]> found = transport.lookUp(host);
    try {
      InetAddress[] addresses = found.get(left(deadline), TimeUnit.NANOSECONDS);
      return Stream.of(addresses).allMatch(AddressRules::isPublic)
          ? Optional.empty()
          : Optional.of(notPublic(host));
    } catch (TimeoutException _) {
      return Optional.of(new Outcome.TimedOut(false));
    } catch (ExecutionException _) {
      return Optional.of(
          AddressGuard.refused(host)
              ? notPublic(host)
              : unreachable(Outcome.Unreachable.Cause.UNKNOWN_HOST, false));
    } finally {
      found.cancel(true);
    }
  }

  private static Outcome notPublic(String host) {
    return new Outcome.Refused(host + " resolves to an address that is not public");
  }

  private long left(long deadline) {
    return Math.max(1, deadline - transport.time().nanos());
  }

  private Outcome exchange(HttpRequest request, long deadline) throws InterruptedException {
    CompletableFuture<HttpResponse<Optional<byte[]>>> answer =
        transport.client().sendAsync(request, _ -> new BoundedBody(settings.largestBody()));
    try {
      return outcome(answer.get(left(deadline), TimeUnit.NANOSECONDS));
    } catch (TimeoutException _) {
      return new Outcome.TimedOut(true);
    } catch (ExecutionException e) {
      return failure(e.getCause());
    } finally {
      answer.cancel(true); // a call that nobody waits for is ended, not left running
    }
  }

  /// As [#exchange], but waits for the headers of a success alone.
  private Outcome streaming(
      HttpRequest request, long deadline, Duration silence, AtomicReference<StreamedBody> streamed)
      throws InterruptedException {
    CompletableFuture<HttpResponse<Optional<byte[]>>> answer =
        transport
            .client()
            .sendAsync(
                request,
                head -> {
                  if (head.statusCode() != 200) {
                    return new BoundedBody(settings.largestBody());
                  }
                  var body = new StreamedBody(silence, Duration.ofNanos(left(deadline)));
                  streamed.set(body);
                  return body;
                });
    boolean over = false;
    try {
      Outcome outcome = outcome(answer.get(left(deadline), TimeUnit.NANOSECONDS));
      over = true;
      return outcome;
    } catch (TimeoutException _) {
      return new Outcome.TimedOut(true);
    } catch (ExecutionException e) {
      return failure(e.getCause());
    } finally {
      if (!over) {
        answer.cancel(true);
        streamed.set(null);
      }
    }
  }

  private HttpRequest httpRequest(Request request) {
    var builder =
        HttpRequest.newBuilder(request.uri())
            .timeout(settings.exchange())
            .setHeader("User-Agent", transport.userAgent());
    method(builder, request);
    request.headers().forEach(builder::setHeader);
    request.signature(transport.time().now()).forEach(builder::setHeader);
    transport
        .proxies()
        .authorization(request.base())
        .ifPresent(value -> builder.setHeader("Proxy-Authorization", value));
    return builder.build();
  }

  /// A request that has no body by nature must not speak of the length of one.
  private static void method(HttpRequest.Builder builder, Request request) {
    Method method = request.method();
    if (request.body().isPresent()) {
      builder.method(method.name(), HttpRequest.BodyPublishers.ofByteArray(request.body().get()));
      return;
    }
    switch (method) {
      case GET -> builder.GET();
      case HEAD -> builder.HEAD();
      case DELETE -> builder.DELETE();
      case POST, PUT, PATCH -> builder.method(method.name(), HttpRequest.BodyPublishers.noBody());
    }
  }

  private Outcome outcome(HttpResponse<Optional<byte[]>> response) {
    if (response.statusCode() == 407) {
      return new Outcome.Unreachable(Outcome.Unreachable.Cause.PROXY, false);
    }
    return response
        .body()
        .<Outcome>map(
            body ->
                new Answer(response.statusCode(), headers(response), body, transport.time().now()))
        .orElseGet(() -> new Outcome.TooLarge(response.statusCode()));
  }

  private static Map<String, List<String>> headers(HttpResponse<?> response) {
    var headers = new HashMap<String, List<String>>();
    response
        .headers()
        .map()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
    return headers;
  }

  private static Outcome failure(@Nullable Throwable failure) {
    return switch (failure) {
      case HttpConnectTimeoutException _ -> new Outcome.TimedOut(false);
      case HttpTimeoutException _ -> new Outcome.TimedOut(true);
      case ConnectException e ->
          unreachable(
              e.getCause() instanceof UnresolvedAddressException
                  ? Outcome.Unreachable.Cause.UNKNOWN_HOST
                  : Outcome.Unreachable.Cause.NO_CONNECTION,
              false);
      case SSLHandshakeException _ -> unreachable(Outcome.Unreachable.Cause.TLS, false);
      case SSLException _ -> unreachable(Outcome.Unreachable.Cause.TLS, true);
      case ProtocolException _ -> unreachable(Outcome.Unreachable.Cause.NOT_HTTP, true);
      // There is no type for it; the proxy's answer to CONNECT stands in the message.
      case IOException e when String.valueOf(e.getMessage()).startsWith("Tunnel failed") ->
          unreachable(Outcome.Unreachable.Cause.PROXY, false);
      case IOException _ -> unreachable(Outcome.Unreachable.Cause.BROKEN, true);
      // Its parsers stumble over some answers instead of refusing them.
      case RuntimeException _ -> unreachable(Outcome.Unreachable.Cause.NOT_HTTP, true);
      case null, default ->
          // Its text may repeat what was sent.
          throw new IllegalStateException(
              "the HTTP client failed with "
                  + (failure == null ? "nothing" : failure.getClass().getName()));
    };
  }

  private static Outcome unreachable(Outcome.Unreachable.Cause cause, boolean sent) {
    return new Outcome.Unreachable(cause, sent);
  }
}
