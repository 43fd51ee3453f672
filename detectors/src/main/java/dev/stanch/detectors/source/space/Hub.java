package dev.stanch.detectors.source.space;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stanch.detectors.http.Answer;
import dev.stanch.detectors.http.BadUrlException;
import dev.stanch.detectors.http.BaseUrl;
import dev.stanch.detectors.http.HostPattern;
import dev.stanch.detectors.http.HostPolicy;
import dev.stanch.detectors.http.Http;
import dev.stanch.detectors.http.HttpSettings;
import dev.stanch.detectors.http.Limiter;
import dev.stanch.detectors.http.Outcome;
import dev.stanch.detectors.http.RateLimit;
import dev.stanch.detectors.http.Request;
import dev.stanch.detectors.http.Time;
import dev.stanch.detectors.http.Transport;
import dev.stanch.detectors.source.SourceException;
import dev.stanch.detectors.source.git.HostLogin;
import dev.stanch.detectors.source.git.RemoteAddress;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The Hub's API, read with the caller's own credential. Thread-safe.
public final class Hub {
  /// The host of the public Hub.
  public static final String HOST = "huggingface.co";

  /// Where the public Hub's API begins.
  public static final BaseUrl PUBLIC = BaseUrl.of("https://" + HOST);

  /// What it allows strangers, and each account of the free plan; others may ask more, and the Hub
  /// says so itself in a header: <https://huggingface.co/docs/hub/rate-limits>. It counts windows
  /// of five minutes and nothing shorter, so fifty may begin in a second: a dump of thousands of
  /// tokens belongs to thousands of accounts, of which each is asked once, and there the second
  /// alone says how long the answers take. Its strict route for who a token belongs to answers 429
  /// where that is too much for it, and the pace obeys.
  public static final RateLimit PACE =
      new RateLimit(500, Duration.ofMinutes(5), 8, 50).withAccounts(1000);

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,95}");
  private static final int PER_PAGE = 100;
  private static final int MOST_PAGES = 1000;

  /// The Hub's own client gives up a log that it does not follow after such a silence.
  private static final Duration SILENCE = Duration.ofSeconds(5);

  private static final Duration LONGEST_LOG = Duration.ofMinutes(2);

  private final BaseUrl base;
  private final Http http;
  private final HubToken token;
  private final int mostPages;

  private Hub(BaseUrl base, Http http, HubToken token, int mostPages) {
    this.base = base;
    this.http = http;
    this.token = token;
    this.mostPages = mostPages;
  }

  /// The same, with another bound for lists.
  Hub withMostPages(int most) {
    return new Hub(base, http, token, most);
  }

  /// The Hub that these variables point to, and the credential that they name.
  ///
  /// @param allowed hosts that the user's own configuration adds
  public static Hub of(
      Map<String, String> variables, Collection<HostPattern> allowed, Transport transport)
      throws SourceException {
    String named = variables.getOrDefault("HF_ENDPOINT", "").strip();
    BaseUrl base;
    try {
      base = named.isEmpty() ? PUBLIC : BaseUrl.parse(named);
    } catch (BadUrlException e) {
      throw new SourceException(
          "HF_ENDPOINT is " + e.getMessage(), "correct HF_ENDPOINT or unset it", e);
    }
    var policy = HostPolicy.of(List.of(HOST), allowed);
    if (!policy.decide(base).allows()) {
      throw new SourceException(
          "HF_ENDPOINT points to " + base.origin() + ", which no token is sent to",
          "add the host to allowed-hosts in the configuration, or unset HF_ENDPOINT");
    }
    HubToken token = HubToken.of(variables);
    var http = new Http(transport, policy, new Limiter(PACE, Time.system()), HttpSettings.usual());
    return new Hub(base, http, token, MOST_PAGES);
  }

  /// Where its repositories are cloned from.
  public RemoteAddress address(HubRepository repository) {
    String url = base + "/" + repository.path();
    return new RemoteAddress(url, url);
  }

  /// Whether something at this address is the Hub's.
  public boolean hosts(RemoteAddress address) {
    return address.text().startsWith(base + "/");
  }

  /// The login for clones.
  public HostLogin login() {
    return new HostLogin(base.origin(), "user", token::bytes);
  }

  /// The repository of `owner/name`.
  public HubRepository space(String id) throws SourceException, InterruptedException {
    String[] parts = checked(id);
    try {
      return repository(
          HubRepository.Kind.SPACE, get("/api/spaces/{}/{}", parts[0], parts[1]).json());
    } catch (HubRefusal e) {
      throw explained(e, "the Space " + id);
    }
  }

  /// What an owner has of a kind, as far as the credential may see it.
  public List<HubRepository> repositories(String owner, HubRepository.Kind kind)
      throws SourceException, InterruptedException {
    if (!NAME.matcher(owner).matches()) {
      throw noName(owner);
    }
    try {
      return listed(kind, request("/api/" + kind.plural()).query("author", owner));
    } catch (HubRefusal e) {
      throw explained(e, "the " + kind.plural() + " of " + owner);
    }
  }

  /// The Spaces that were copied from one, as far as the Hub tells: copies under another name are
  /// not found.
  public List<HubRepository> duplicates(HubRepository space)
      throws SourceException, InterruptedException {
    String name = space.id().substring(space.id().indexOf('/') + 1);
    try {
      return listed(space.kind(), request("/api/spaces").query("search", name)).stream()
          .filter(other -> other.duplicatedFrom().equals(space.id()))
          .toList();
    } catch (HubRefusal e) {
      throw explained(e, "the duplicates of " + space.id());
    }
  }

  private List<HubRepository> listed(HubRepository.Kind kind, Request first)
      throws HubRefusal, InterruptedException {
    var found = new ArrayList<HubRepository>();
    for (JsonNode one :
        pages(first.query("limit", Integer.toString(PER_PAGE)).query("full", "true"))) {
      found.add(repository(kind, one));
    }
    return found;
  }

  private static HubRepository repository(HubRepository.Kind kind, JsonNode json)
      throws HubRefusal {
    String id = json.path("id").asText();
    if (!isId(id)) {
      throw HubRefusal.notUnderstood("list of repositories");
    }
    return new HubRepository(
        kind,
        id,
        json.path("sdk").asText(json.path("cardData").path("sdk").asText()),
        json.path("cardData").path("duplicated_from").asText());
  }

  private static boolean isId(String id) {
    String[] parts = id.split("/", -1);
    return parts.length == 2
        && NAME.matcher(parts[0]).matches()
        && NAME.matcher(parts[1]).matches();
  }

  private static String[] checked(String id) throws SourceException {
    if (!isId(id)) {
      throw noName(id);
    }
    return id.split("/", -1);
  }

  private static SourceException noName(String text) {
    return new SourceException("no name on the Hub: " + text, "write OWNER or OWNER/NAME");
  }

  /// The elements of a list, page by page; a list that comes back to a page or never ends is cut.
  private List<JsonNode> pages(Request first) throws HubRefusal, InterruptedException {
    var all = new ArrayList<JsonNode>();
    var seen = new HashSet<String>();
    Request request = first;
    for (int page = 0; page < mostPages; page++) {
      Answer answer = answered(request);
      if (!answer.json().isArray()) {
        throw HubRefusal.notUnderstood("list");
      }
      answer.json().forEach(all::add);
      Optional<String> next = answer.next();
      if (next.isEmpty() || answer.json().isEmpty()) {
        return all;
      }
      if (!seen.add(next.get())) {
        break;
      }
      request = token.on(Request.following(base, next.get()));
    }
    throw HubRefusal.notUnderstood("list with an end");
  }

  /// What a part of a Space's set-up is, such as `variables`.
  JsonNode settings(HubRepository space, String part) throws HubRefusal, InterruptedException {
    String[] parts = space.id().split("/", -1);
    return get("/api/spaces/{}/{}/" + part, parts[0], parts[1]).json();
  }

  /// The jobs of an owner.
  JsonNode jobs(String owner) throws HubRefusal, InterruptedException {
    return get("/api/jobs/{}", owner).json();
  }

  /// A log as it comes; whoever asked closes it.
  ///
  /// @param which `build` or `run`
  InputStream openLog(HubRepository space, String which) throws HubRefusal, InterruptedException {
    String[] parts = space.id().split("/", -1);
    Request request =
        request("/api/spaces/{}/{}/logs/" + which, parts[0], parts[1])
            .header("Accept", "text/event-stream");
    return switch (http.with(http.settings().withExchange(LONGEST_LOG)).open(request, SILENCE)) {
      case Http.Opened.Body(InputStream in) -> in;
      case Http.Opened.Failed(Outcome outcome) -> throw HubRefusal.of(outcome);
    };
  }

  private Request request(String path, String... values) {
    return token.on(Request.get(base, path, values));
  }

  private Answer get(String path, String... values) throws HubRefusal, InterruptedException {
    return answered(request(path, values));
  }

  private Answer answered(Request request) throws HubRefusal, InterruptedException {
    Outcome outcome = http.send(requireNonNull(request, "request"));
    if (outcome instanceof Answer answer && answer.status() == 200) {
      return answer;
    }
    throw HubRefusal.of(outcome);
  }

  /// A refusal, with what would be answered instead.
  SourceException explained(HubRefusal refusal, String what) {
    if (refusal.badCredential() && token.present()) {
      return new SourceException(
          base.host() + " does not accept the token of " + token.origin(),
          "make a new one with read scope at " + base + "/settings/tokens",
          refusal);
    }
    if (refusal.missing() || refusal.forbidden()) {
      return new SourceException(
          "there is no " + what.replaceFirst("^the ", "") + " that " + whoever() + " may see",
          token.present()
              ? "use a token of somebody who may: set HF_TOKEN (read scope is enough)"
              : "set HF_TOKEN (read scope is enough) or log in with hf auth login",
          refusal);
    }
    return new SourceException(
        base.host() + " did not tell " + what + ": " + refusal.getMessage(),
        refusal.remedy(),
        refusal);
  }

  /// Who asks, in words.
  String whoever() {
    return token.present() ? "the token of " + token.origin() : "a stranger";
  }
}
