package dev.stanch.detectors.source.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stanch.detectors.http.Answer;
import dev.stanch.detectors.http.BaseUrl;
import dev.stanch.detectors.http.Http;
import dev.stanch.detectors.http.Method;
import dev.stanch.detectors.http.Outcome;
import dev.stanch.detectors.http.Request;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.kohsuke.github.connector.GitHubConnector;
import org.kohsuke.github.connector.GitHubConnectorRequest;
import org.kohsuke.github.connector.GitHubConnectorResponse;

/// Lets hub4j call through the one HTTP client, with its proxies, address rules and pauses. It
/// reads: nothing else is let through but the call that makes an App's own token.
final class HttpLayer implements GitHubConnector {
  /// What a limit that is used up is answered with; the client waits until there is more.
  private static final int FORBIDDEN = 403;

  private static final int ATTEMPTS = 4;
  private static final Pattern MINT = Pattern.compile(".*/app/installations/\\d+/access_tokens");

  private final Http http;
  private final BaseUrl base;

  HttpLayer(Http http, BaseUrl base) {
    this.http = http;
    this.base = base;
  }

  @Override
  public GitHubConnectorResponse send(GitHubConnectorRequest asked) throws IOException {
    boolean reads = asked.method().equals("GET");
    boolean mints = asked.method().equals("POST") && MINT.matcher(asked.url().getPath()).matches();
    if (!reads && !mints) {
      throw new IOException("a scan only reads");
    }
    Request request = Request.at(reads ? Method.GET : Method.POST, base, asked.url().toString());
    if (mints) {
      request = request.body("application/json", body(asked)).repeatable();
    }
    for (var header : asked.allHeaders().entrySet()) {
      // The body is taken as it is: nobody here unpacks it.
      if (!header.getKey().equalsIgnoreCase("Accept-Encoding")) {
        request = request.header(header.getKey(), String.join(", ", header.getValue()));
      }
    }
    return new Told(asked, answer(request));
  }

  private static byte[] body(GitHubConnectorRequest asked) throws IOException {
    try (InputStream body = asked.body()) {
      return body == null ? new byte[0] : body.readAllBytes();
    }
  }

  /// What GitHub answers, once its limits let it.
  Answer answer(Request request) throws IOException {
    return answer(request, HttpLayer::limited);
  }

  /// The same for GraphQL, whose limits answer 200 as well.
  Answer graph(Request request) throws IOException {
    return answer(
        request,
        answer -> limited(answer) || answer.status() == 200 && errors(answer, "RATE_LIMITED"));
  }

  /// Whether an answer of GraphQL names an error of a type.
  static boolean errors(Answer answer, String type) {
    for (JsonNode error : answer.json().path("errors")) {
      if (error.path("type").asText().equals(type)) {
        return true;
      }
    }
    return false;
  }

  private Answer answer(Request request, Predicate<Answer> limited) throws IOException {
    try {
      for (int attempt = 1; ; attempt++) {
        Outcome outcome = http.send(request);
        if (!(outcome instanceof Answer answer)) {
          throw GitHubRefusal.of(outcome);
        }
        if (!limited.test(answer) || attempt == ATTEMPTS) {
          return answer;
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  /// Whether it is one of the limits that refuses, and not a lack of rights.
  private static boolean limited(Answer answer) {
    return answer.status() == FORBIDDEN
        && (answer.header("retry-after").isPresent()
            || answer.header("x-ratelimit-remaining").filter("0"::equals).isPresent());
  }

  private static final class Told extends GitHubConnectorResponse.ByteArrayResponse {
    private final byte[] body;

    Told(GitHubConnectorRequest request, Answer answer) {
      super(request, answer.status(), answer.headers());
      this.body = answer.bytes();
    }

    @Override
    protected InputStream rawBodyStream() {
      return new ByteArrayInputStream(body);
    }
  }
}
