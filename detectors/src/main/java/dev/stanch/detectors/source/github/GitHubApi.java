package dev.stanch.detectors.source.github;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stanch.detectors.http.Answer;
import dev.stanch.detectors.http.HostPattern;
import dev.stanch.detectors.http.HostPolicy;
import dev.stanch.detectors.http.Http;
import dev.stanch.detectors.http.HttpSettings;
import dev.stanch.detectors.http.Limiter;
import dev.stanch.detectors.http.RateLimit;
import dev.stanch.detectors.http.Request;
import dev.stanch.detectors.http.Time;
import dev.stanch.detectors.http.Transport;
import dev.stanch.detectors.source.SourceException;
import dev.stanch.detectors.source.git.HostLogin;
import dev.stanch.detectors.source.git.RemoteAddress;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Date;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.GHException;
import org.kohsuke.github.GHFileNotFoundException;
import org.kohsuke.github.GHPerson;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.GHUser;
import org.kohsuke.github.GitHub;
import org.kohsuke.github.GitHubAbuseLimitHandler;
import org.kohsuke.github.GitHubBuilder;
import org.kohsuke.github.GitHubRateLimitHandler;
import org.kohsuke.github.HttpException;
import org.kohsuke.github.RateLimitChecker;
import org.kohsuke.github.authorization.AuthorizationProvider;

/// GitHub's API, read with the caller's own credential. hub4j finds accounts, repositories, issues
/// and gists; what it has no call for, or only one call a piece, is asked for directly.
public final class GitHubApi {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,99}");
  private static final Pattern REPOSITORY = Pattern.compile("[A-Za-z0-9._-]{1,100}");
  private static final int PER_PAGE = 100;
  private static final int MOST_PAGES = 10_000;

  /// So many calls that read in a minute, and fewer at once than the hundred that may be; of a
  /// single second GitHub says nothing. How many an account has in an hour differs, and GitHub says
  /// itself when there are no more:
  /// <https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api>.
  private static final RateLimit PACE = new RateLimit(900, Duration.ofMinutes(1), 8, 300);

  /// An hour is the longest that GitHub's limits last.
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(65);

  private final GitHubHost host;
  private final GitHubToken token;
  private final @Nullable GitHubApp app;
  private final HttpLayer http;
  private final GitHub hub4j;
  private final LogStorage logs;
  private final int mostPages;

  private GitHubApi(
      GitHubHost host,
      GitHubToken token,
      @Nullable GitHubApp app,
      HttpLayer http,
      GitHub hub4j,
      LogStorage logs,
      int mostPages) {
    this.host = host;
    this.token = token;
    this.app = app;
    this.http = http;
    this.hub4j = hub4j;
    this.logs = logs;
    this.mostPages = mostPages;
  }

  /// The same, with another bound for lists.
  GitHubApi withMostPages(int most) {
    return new GitHubApi(host, token, app, http, hub4j, logs, most);
  }

  /// The GitHub that these variables point to, and the credential that they name.
  ///
  /// @param allowed hosts that the user's own configuration adds
  public static GitHubApi of(
      Map<String, String> variables, Collection<HostPattern> allowed, Transport transport)
      throws SourceException {
    GitHubHost host = GitHubHost.of(variables);
    var policy = HostPolicy.of(GitHubHost.OWN, allowed);
    if (!policy.decide(host.api()).allows() || !policy.decide(host.server()).allows()) {
      throw new SourceException(
          "the variables point to " + host.api().origin() + ", which no token is sent to",
          "add the host to allowed-hosts in the configuration, or unset GITHUB_API_URL and"
              + " GH_HOST");
    }
    var http =
        new HttpLayer(
            new Http(
                transport,
                policy,
                Limiter.atFullPace(PACE, Time.system()),
                HttpSettings.usual().withLongestWait(LONGEST_WAIT).withLargestBody(32 << 20)),
            host.api());
    GitHubApp app =
        GitHubApp.of(variables, host.server().host(), InstantSource.system()).orElse(null);
    try {
      var builder = builder(host, http);
      GitHubToken token;
      if (app != null) {
        AuthorizationProvider provider = app.provider();
        builder = builder.withAuthorizationProvider(provider);
        token = GitHubToken.of(app, provider);
      } else {
        token = GitHubToken.of(variables, host.server().host());
        GitHubToken own = token;
        if (own.present()) { // given as such, hub4j would first ask whose it is
          builder = builder.withAuthorizationProvider(() -> "Bearer " + own.text());
        }
      }
      var logs = new LogStorage(transport, allowed, host.api());
      return new GitHubApi(host, token, app, http, builder.build(), logs, MOST_PAGES);
    } catch (IOException e) {
      throw new SourceException("GitHub cannot be asked", "", e);
    }
  }

  private static GitHubBuilder builder(GitHubHost host, HttpLayer http) {
    return new GitHubBuilder()
        .withEndpoint(host.api().toString())
        .withConnector(http)
        .withRateLimitChecker(RateLimitChecker.NONE)
        .withRateLimitHandler(GitHubRateLimitHandler.FAIL)
        .withAbuseLimitHandler(GitHubAbuseLimitHandler.FAIL);
  }

  /// How the variables begin that name an App for this GitHub.
  public String appVariables() {
    return GitHubApp.variables(host.server().host());
  }

  /// What GitHub says of the App that the variables name; empty where they name none.
  ///
  /// @throws IOException when that may be told another time
  public Optional<AppInstallation> installation() throws SourceException, IOException {
    if (app == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(app.told(builder(host, http)));
    } catch (IOException | GHException e) {
      GitHubRefusal refusal = refusal(e);
      if (refusal.missing()) {
        throw new SourceException(
            "the App has no installation of the number in " + appVariables() + "INSTALLATION_ID",
            "take the number at the end of the installation's URL",
            refusal);
      }
      if (refusal.badCredential() || refusal.isUnclear()) {
        throw explained(refusal, "App");
      }
      throw refusal;
    }
  }

  /// Whether something at this address is this GitHub's.
  public boolean hosts(RemoteAddress address) {
    return address.text().startsWith(host.server() + "/");
  }

  /// The login for clones.
  public HostLogin login() {
    return new HostLogin(host.server().origin(), "x-access-token", this::password);
  }

  /// None where no token can be had: the clone will say what it is refused.
  private byte[] password() {
    try {
      return token.text().getBytes(ISO_8859_1);
    } catch (IOException _) {
      return new byte[0];
    }
  }

  /// Where a repository is cloned from.
  public RemoteAddress address(GitHubRepository repository) {
    String url = host.server() + "/" + repository.name() + ".git";
    return new RemoteAddress(url, url);
  }

  /// The repository of `owner/name`.
  public GitHubRepository repository(String name) throws SourceException {
    requireName(name, 2);
    try {
      return of(hub4j.getRepository(name));
    } catch (IOException | GHException e) {
      throw explained(refusal(e), "repository " + name);
    }
  }

  /// The repositories of a user or an organization, as far as the credential may see them.
  public List<GitHubRepository> repositories(String owner) throws SourceException {
    requireName(owner, 1);
    try {
      var found = new LinkedHashMap<String, GitHubRepository>();
      for (Iterable<GHRepository> list : repositories(hub4j.getUser(owner))) {
        for (GHRepository one : bounded(list)) {
          if (one.getOwnerName().equalsIgnoreCase(owner)) {
            found.putIfAbsent(one.getFullName(), of(one));
          }
        }
      }
      return List.copyOf(found.values());
    } catch (IOException | GHException e) {
      throw explained(refusal(e), "user or organization " + owner);
    }
  }

  /// A user's list of another shows what is public; only their own and an organization's show all.
  private List<Iterable<GHRepository>> repositories(GHUser owner) throws IOException {
    if (String.valueOf(owner.getType()).equals("Organization")) {
      return List.of(hub4j.getOrganization(owner.getLogin()).listRepositories(PER_PAGE));
    }
    if (app != null) { // an App is nobody's account: what it was given has a list of its own
      return List.of(
          owner.listRepositories(PER_PAGE),
          hub4j.getInstallation().listRepositories().withPageSize(PER_PAGE));
    }
    GHPerson person =
        token.present() && hub4j.getMyself().getLogin().equalsIgnoreCase(owner.getLogin())
            ? hub4j.getMyself()
            : owner;
    return List.of(person.listRepositories(PER_PAGE));
  }

  private static GitHubRepository of(GHRepository one) throws IOException {
    String name = one.getFullName();
    String[] parts = String.valueOf(name).split("/", -1);
    if (parts.length != 2
        || !NAME.matcher(parts[0]).matches()
        || !REPOSITORY.matcher(parts[1]).matches()
        || parts[1].matches("\\.+")) {
      throw GitHubRefusal.notUnderstood("list of repositories");
    }
    return new GitHubRepository(name, instant(one.getPushedAt()), one.isFork(), one.isArchived());
  }

  static @Nullable Instant instant(@Nullable Date date) {
    return date == null ? null : date.toInstant();
  }

  private static void requireName(String name, int parts) throws SourceException {
    String[] split = name.split("/", -1);
    boolean fits =
        split.length == parts
            && NAME.matcher(split[0]).matches()
            && (parts == 1 || REPOSITORY.matcher(split[1]).matches() && !split[1].matches("\\.+"));
    if (!fits) {
      throw new SourceException("no name at GitHub: " + name, "write OWNER or OWNER/REPO");
    }
  }

  /// The client for what it has calls for.
  GitHub hub4j() {
    return hub4j;
  }

  /// A list that hub4j follows to its end; one that never ends is cut.
  <T> Iterable<T> bounded(Iterable<T> list) {
    return () -> {
      Iterator<T> all = list.iterator();
      return new Iterator<>() {
        private long left = (long) mostPages * PER_PAGE;

        @Override
        public boolean hasNext() {
          return all.hasNext();
        }

        @Override
        public T next() {
          if (left-- == 0) {
            throw new GHException("", GitHubRefusal.notUnderstood("list with an end"));
          }
          return all.next();
        }
      };
    };
  }

  /// What becomes of a page of a list.
  interface Page {
    void of(JsonNode items);
  }

  /// Hands over a list, page by page; one that never ends is cut.
  void pages(String path, String list, Page page, String... values) throws IOException {
    Request request =
        request(Request.get(host.api(), path, values)).query("per_page", "" + PER_PAGE);
    for (int i = 0; i < mostPages; i++) {
      Answer answer = http.answer(request);
      if (answer.status() != 200) {
        throw GitHubRefusal.of(answer.status());
      }
      JsonNode items = list.isEmpty() ? answer.json() : answer.json().path(list);
      if (!items.isArray()) {
        throw GitHubRefusal.notUnderstood("list");
      }
      page.of(items);
      Optional<String> next = answer.next();
      if (next.isEmpty() || items.isEmpty()) {
        return;
      }
      request = request(Request.following(host.api(), next.get()));
    }
    throw GitHubRefusal.notUnderstood("list with an end");
  }

  private Request request(Request request) throws IOException {
    Request with =
        request
            .header("Accept", "application/vnd.github+json")
            .header("X-GitHub-Api-Version", "2022-11-28");
    return token.present() ? with.bearer(token.text().getBytes(ISO_8859_1)) : with;
  }

  /// What GraphQL answers to a question.
  ///
  /// @return its `data`, in which what the asker may not see is null
  JsonNode graph(String query, ObjectNode variables) throws IOException {
    if (!token.present()) { // it answers nobody who does not say who they are
      throw GitHubRefusal.of(401);
    }
    var question = JsonNodeFactory.instance.objectNode().put("query", query);
    question.set("variables", variables);
    Answer answer =
        http.graph(request(Request.post(host.graph(), "/graphql")).json(question).repeatable());
    if (answer.status() != 200) {
      throw GitHubRefusal.of(answer.status());
    }
    JsonNode data = answer.json().path("data");
    if (HttpLayer.errors(answer, "RATE_LIMITED")) {
      throw GitHubRefusal.of(429);
    }
    if (!data.isObject()) {
      throw HttpLayer.errors(answer, "FORBIDDEN") || HttpLayer.errors(answer, "INSUFFICIENT_SCOPES")
          ? GitHubRefusal.of(403)
          : GitHubRefusal.notUnderstood("answer of GraphQL");
    }
    return data;
  }

  /// How many pages of a list are followed.
  int mostPages() {
    return mostPages;
  }

  /// What changes with the discussions of repositories, by their names; none of those whose
  /// discussions nobody shows.
  ///
  /// @throws IOException when that may be told another time
  public Map<String, String> discussionTags(List<GitHubRepository> repositories)
      throws IOException {
    try {
      return token.present() ? new Discussions(this).tags(repositories) : Map.of();
    } catch (GitHubRefusal e) {
      if (e.hidden()) {
        return Map.of();
      }
      throw e;
    }
  }

  /// Whether issues and pull requests changed since a tag was given for them.
  ///
  /// @param known the tag of then, or empty
  /// @return the tag of now; the same where nothing changed
  public String issueTag(GitHubRepository repository, String known) throws IOException {
    String[] parts = repository.name().split("/", -1);
    Request request =
        request(Request.get(host.api(), "/repos/{}/{}/issues", parts[0], parts[1]))
            .query("state", "all")
            .query("sort", "updated")
            .query("per_page", "1");
    Answer answer = http.answer(known.isEmpty() ? request : request.header("If-None-Match", known));
    return switch (answer.status()) {
      case 304 -> known;
      case 200 -> answer.header("etag").orElse("");
      case 410 -> "none"; // switched off
      default -> throw GitHubRefusal.of(answer.status());
    };
  }

  /// The log of a job as it comes, or nothing where it is there no more; whoever asked closes it.
  Optional<InputStream> openLog(String repository, long job) throws IOException {
    String[] parts = repository.split("/", -1);
    return logs.open(
        http.answer(
            request(
                Request.get(
                    host.api(),
                    "/repos/{}/{}/actions/jobs/{}/logs",
                    parts[0],
                    parts[1],
                    Long.toString(job)))));
  }

  /// What stands behind a failure of hub4j.
  static GitHubRefusal refusal(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case GitHubRefusal refusal -> {
          return refusal;
        }
        case HttpException http when http.getResponseCode() > 0 -> {
          return GitHubRefusal.of(http.getResponseCode());
        }
        case GHFileNotFoundException _ -> {
          return GitHubRefusal.of(404);
        }
        default -> {}
      }
    }
    return GitHubRefusal.notUnderstood("answer of this API");
  }

  private SourceException explained(GitHubRefusal refusal, String what) {
    if (refusal.isUnclear()) {
      return new SourceException(
          String.valueOf(refusal.getMessage()),
          "install it for the account whose repositories it is to read, or say which installation",
          refusal);
    }
    if (refusal.badCredential()) {
      return new SourceException(
          host.api().host()
              + " does not accept "
              + (token.present() ? "the token of " + token.origin() : "a call without a token"),
          app != null
              ? "check its number, its key and its installation"
              : "set " + variable() + " to a token that may read, or log in with gh auth login",
          refusal);
    }
    if (refusal.hidden()) {
      return new SourceException(
          "there is no " + what + " that " + whoever() + " may see",
          app != null
              ? "let the App's installation have it"
              : token.present()
                  ? "use a token of somebody who may: set " + variable()
                  : "set " + variable() + " or log in with gh auth login",
          refusal);
    }
    return new SourceException(
        host.api().host() + " did not tell of the " + what + ": " + refusal.getMessage(),
        refusal.remedy(),
        refusal);
  }

  private String variable() {
    return GitHubToken.variables(host.server().host()).getFirst();
  }

  /// Who asks, in words.
  String whoever() {
    return token.present() ? "the token of " + token.origin() : "a stranger";
  }
}
