package dev.stanch.detectors.source.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.http.Answer;
import dev.stanch.detectors.http.BaseUrl;
import dev.stanch.detectors.http.Http;
import dev.stanch.detectors.http.Method;
import dev.stanch.detectors.http.Outcome;
import dev.stanch.detectors.http.Request;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.StandardHttpClient;
import io.fabric8.kubernetes.client.http.StandardHttpClientBuilder;
import io.fabric8.kubernetes.client.http.StandardHttpHeaders;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import io.fabric8.kubernetes.client.http.StandardWebSocketBuilder;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.http.WebSocketResponse;
import io.fabric8.kubernetes.client.utils.HttpClientUtils;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/// Lets fabric8 call through the one HTTP client, with its proxies, address rules and pauses. Calls
/// are made on the thread that asks; nothing is watched.
final class ClusterHttp
    extends StandardHttpClient<ClusterHttp, ClusterHttp.Factory, ClusterHttp.Builder> {
  private final Factory factory;

  private ClusterHttp(Builder builder, Factory factory) {
    super(builder, new AtomicBoolean());
    this.factory = factory;
  }

  /// Makes clients of one cluster.
  record Factory(Http http, BaseUrl base) implements HttpClient.Factory {
    Factory {
      requireNonNull(http, "http");
      requireNonNull(base, "base");
    }

    @Override
    public HttpClient.Builder newBuilder() {
      return new Builder(this);
    }

    /// Without what fabric8 adds: redirects, proxies and certificates are the client's own.
    @Override
    public HttpClient.Builder newBuilder(Config config) {
      var builder = new Builder(this);
      builder.tag(config.getRequestConfig());
      HttpClientUtils.createApplicableInterceptors(config, this)
          .forEach(builder::addOrReplaceInterceptor);
      return builder;
    }
  }

  /// Makes a client.
  static final class Builder extends StandardHttpClientBuilder<ClusterHttp, Factory, Builder> {
    private final Factory own;

    Builder(Factory factory) {
      super(factory);
      this.own = factory;
    }

    @Override
    public HttpClient build() {
      return new ClusterHttp(this, own);
    }

    @Override
    protected Builder newInstance(Factory factory) {
      return new Builder(factory);
    }
  }

  @Override
  public CompletableFuture<HttpResponse<AsyncBody>> consumeBytesDirect(
      StandardHttpRequest asked, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
    try {
      Outcome outcome = factory.http().send(request(asked));
      if (outcome instanceof Answer answer) {
        return CompletableFuture.completedFuture(
            new Told(asked, answer, new Body(answer, consumer)));
      }
      return CompletableFuture.failedFuture(new Refusal(outcome));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return CompletableFuture.failedFuture(new InterruptedIOException());
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private Request request(StandardHttpRequest asked) throws IOException {
    Request request =
        Request.at(Method.valueOf(asked.method()), factory.base(), asked.uri().toString());
    for (var header : asked.headers().entrySet()) {
      // The body is taken as it is: nobody here unpacks it.
      if (!header.getKey().equalsIgnoreCase("Accept-Encoding")) {
        request = request.header(header.getKey(), String.join(", ", header.getValue()));
      }
    }
    return switch (asked.body()) {
      case null -> request;
      case StandardHttpRequest.StringBodyContent text ->
          request.body(type(asked), text.getContent().getBytes(UTF_8));
      case StandardHttpRequest.ByteArrayBodyContent bytes ->
          request.body(type(asked), bytes.getContent());
      default -> throw new IOException("a body that comes as a stream");
    };
  }

  private static String type(StandardHttpRequest asked) {
    return Optional.ofNullable(asked.getContentType()).orElse("application/json");
  }

  @Override
  public CompletableFuture<WebSocketResponse> buildWebSocketDirect(
      StandardWebSocketBuilder builder, WebSocket.Listener listener) {
    return CompletableFuture.failedFuture(new IOException("nothing is watched"));
  }

  @Override
  protected void doClose() {
    // The connections are the transport's.
  }

  /// What the client did not bring back.
  static final class Refusal extends IOException {
    private static final long serialVersionUID = 1;

    private final transient Outcome outcome;

    Refusal(Outcome outcome) {
      super(outcome.reason());
      this.outcome = outcome;
    }

    boolean tooLarge() {
      return outcome instanceof Outcome.TooLarge;
    }
  }

  /// An answer that is all there.
  private static final class Body implements AsyncBody {
    private final Answer answer;
    private final Consumer<List<ByteBuffer>> consumer;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final AtomicBoolean given = new AtomicBoolean();

    Body(Answer answer, Consumer<List<ByteBuffer>> consumer) {
      this.answer = answer;
      this.consumer = consumer;
    }

    @Override
    public void consume() {
      if (!given.compareAndSet(false, true)) {
        done.complete(null);
        return;
      }
      try {
        consumer.consume(List.of(ByteBuffer.wrap(answer.bytes())), this);
        done.complete(null);
      } catch (Exception e) { // the interface's own
        done.completeExceptionally(e);
      }
    }

    @Override
    public CompletableFuture<Void> done() {
      return done;
    }

    @Override
    public void cancel() {
      done.cancel(false);
    }
  }

  /// An answer in fabric8's terms.
  private static final class Told extends StandardHttpHeaders implements HttpResponse<AsyncBody> {
    private final HttpRequest request;
    private final Answer answer;
    private final AsyncBody body;

    Told(HttpRequest request, Answer answer, AsyncBody body) {
      super(answer.headers());
      this.request = request;
      this.answer = answer;
      this.body = body;
    }

    @Override
    public int code() {
      return answer.status();
    }

    @Override
    public AsyncBody body() {
      return body;
    }

    @Override
    public HttpRequest request() {
      return request;
    }

    @Override
    public Optional<HttpResponse<?>> previousResponse() {
      return Optional.empty();
    }
  }
}
