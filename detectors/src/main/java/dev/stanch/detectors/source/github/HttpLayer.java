package dev.stanch.detectors.source.github;

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
import org.kohsuke.github.connector.GitHubConnector;
import org.kohsuke.github.connector.GitHubConnectorRequest;
import org.kohsuke.github.connector.GitHubConnectorResponse;

/// Lets hub4j call through the one HTTP client, with its proxies, address rules and pauses. It
/// reads: nothing else is let through.
final class HttpLayer implements GitHubConnector {
  /// What a limit that is used up is answered with; the client waits until there is more.
  private static final int FORBIDDEN = 403;

  private static final int ATTEMPTS = 4;

  private final Http http;
  private final BaseUrl base;

  HttpLayer(Http http, BaseUrl base) {
    this.http = http;
    this.base = base;
  }

  @Override
  public GitHubConnectorResponse send(GitHubConnectorRequest asked) throws IOException {
    if (!asked.method().equals("GET")) {
      throw new IOException("a scan only reads");
    }
    Request request = Request.at(Method.GET, base, asked.url().toString());
    for (var header : asked.allHeaders().entrySet()) {
      // The body is taken as it is: nobody here unpacks it.
      if (!header.getKey().equalsIgnoreCase("Accept-Encoding")) {
        request = request.header(header.getKey(), String.join(", ", header.getValue()));
      }
    }
    return new Told(asked, answer(request));
  }

  /// What GitHub answers, once its limits let it.
  Answer answer(Request request) throws IOException {
    try {
      for (int attempt = 1; ; attempt++) {
        Outcome outcome = http.send(request);
        if (!(outcome instanceof Answer answer)) {
          throw GitHubRefusal.of(outcome);
        }
        if (!limited(answer) || attempt == ATTEMPTS) {
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
