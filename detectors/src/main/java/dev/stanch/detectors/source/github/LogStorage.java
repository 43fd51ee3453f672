package dev.stanch.detectors.source.github;

import dev.stanch.detectors.http.Answer;
import dev.stanch.detectors.http.BadUrlException;
import dev.stanch.detectors.http.BaseUrl;
import dev.stanch.detectors.http.HostPattern;
import dev.stanch.detectors.http.HostPolicy;
import dev.stanch.detectors.http.Http;
import dev.stanch.detectors.http.HttpSettings;
import dev.stanch.detectors.http.Limiter;
import dev.stanch.detectors.http.RateLimit;
import dev.stanch.detectors.http.Request;
import dev.stanch.detectors.http.Time;
import dev.stanch.detectors.http.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Where GitHub keeps the logs of Actions: the API sends there, to an address that is good for a
/// minute by itself. No credential is ever sent there.
final class LogStorage {
  /// What GitHub names for it: <https://api.github.com/meta>.
  private static final List<String> HOSTS =
      List.of("*.blob.core.windows.net", "*.actions.githubusercontent.com");

  private static final Duration SILENCE = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final Http http;
  private final BaseUrl api;

  /// @param api whose logs they are: only that of this machine has them on this machine
  LogStorage(Transport transport, Collection<HostPattern> allowed, BaseUrl api) {
    this.api = api;
    this.http =
        new Http(
            transport,
            HostPolicy.of(HOSTS, allowed),
            new Limiter(RateLimit.of(20, Duration.ofSeconds(1)), Time.system()),
            HttpSettings.usual().withExchange(LONGEST));
  }

  /// The text that the API's answer leads to, as it comes; whoever asked closes it. Nothing where
  /// there is no log, or none any more.
  Optional<InputStream> open(Answer answer) throws IOException {
    if (gone(answer.status())) {
      return Optional.empty();
    }
    String link = answer.header("location").orElse("");
    if (answer.status() != 302 || link.isEmpty()) {
      throw GitHubRefusal.of(answer.status());
    }
    BaseUrl storage = storage(link);
    if (storage.loopback() && !api.loopback() || !http.policy().decide(storage).allows()) {
      throw GitHubRefusal.elsewhere(storage.host());
    }
    try {
      return switch (http.open(Request.following(storage, link), SILENCE)) {
        case Http.Opened.Body(InputStream in) -> Optional.of(in);
        case Http.Opened.Failed(Answer refused) when gone(refused.status()) -> Optional.empty();
        case Http.Opened.Failed(var outcome) -> throw GitHubRefusal.of(outcome);
      };
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  private static boolean gone(int status) {
    return status == 404 || status == 410;
  }

  private static BaseUrl storage(String link) throws GitHubRefusal {
    try {
      URI target = new URI(link);
      return BaseUrl.parse(target.getScheme() + "://" + target.getRawAuthority());
    } catch (URISyntaxException | BadUrlException _) { // a message would repeat what opens the log
      throw GitHubRefusal.notUnderstood("address of a log");
    }
  }
}
