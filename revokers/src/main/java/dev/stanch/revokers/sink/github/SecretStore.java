package dev.stanch.revokers.sink.github;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.http.BaseUrl;
import dev.stanch.detectors.http.RateLimit;
import dev.stanch.revokers.spi.AdminVariable;
import dev.stanch.revokers.spi.ProviderContext;
import dev.stanch.revokers.spi.Sink;
import dev.stanch.revokers.spi.SinkAddress;
import dev.stanch.revokers.spi.SinkKind;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One of the stores in which GitHub keeps secrets. Facts:
/// <https://docs.github.com/en/rest/actions/secrets>, …/dependabot/secrets and …/codespaces.
abstract class SecretStore implements SinkKind {
  private static final String ENDPOINT = "GITHUB_API_URL";
  private static final BaseUrl GITHUB = BaseUrl.of("https://api.github.com");
  private static final Pattern WHERE =
      Pattern.compile(
          "([A-Za-z0-9-]+)(?:/([A-Za-z0-9._-]+)(?:/([^#]+))?)?#([A-Za-z_][A-Za-z0-9_]*)");

  private final String store;
  private final AdminVariable token;

  /// @param store as the paths of the API name it
  /// @param rights the smallest that writing takes, in GitHub's words
  SecretStore(String store, String rights) {
    this.store = requireNonNull(store, "store");
    this.token = new AdminVariable("GH_TOKEN", rights);
  }

  @Override
  public String name() {
    return "github-" + store;
  }

  @Override
  public String usage() {
    return name() + ":OWNER/REPOSITORY#NAME or " + name() + ":ORGANIZATION#NAME";
  }

  @Override
  public Set<String> hosts() {
    return Set.of("api.github.com");
  }

  @Override
  public List<AdminVariable> adminVariables() {
    return List.of(token);
  }

  /// What an authenticated user may ask in an hour.
  @Override
  public RateLimit limit() {
    return RateLimit.of(5000, Duration.ofHours(1));
  }

  @Override
  public Sink open(SinkAddress address, ProviderContext context) {
    Matcher where = WHERE.matcher(address.where());
    if (!where.matches() || where.group(3) != null && !environments()) {
      throw new IllegalArgumentException("not of the form " + usage());
    }
    String owner = where.group(1);
    String repository = where.group(2);
    String environment = where.group(3);
    String name = where.group(4);
    SecretPath path;
    if (environment != null) {
      path =
          new SecretPath(
              "/repos/{}/{}/environments/{}/secrets", List.of(owner, repository, environment));
    } else if (repository != null) {
      path = new SecretPath("/repos/{}/{}/" + store + "/secrets", List.of(owner, repository));
    } else {
      path = new SecretPath("/orgs/{}/" + store + "/secrets", List.of(owner));
    }
    BaseUrl base =
        context
            .base(ENDPOINT, GITHUB)
            .orElseThrow(() -> new IllegalArgumentException(ENDPOINT + " holds no URL"));
    return new SecretSink(address, base, path, name, token, context);
  }

  /// Whether environments of a repository have secrets of their own here.
  boolean environments() {
    return false;
  }

  /// Where a store is, with the values of its places.
  record SecretPath(String template, List<String> values) {
    SecretPath {
      values = List.copyOf(values);
    }
  }
}
