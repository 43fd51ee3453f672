package dev.stanch.detectors.source.github;

import dev.stanch.detectors.http.BadUrlException;
import dev.stanch.detectors.http.BaseUrl;
import dev.stanch.detectors.source.SourceException;
import java.util.List;
import java.util.Map;

/// Where a GitHub answers: its API, and the server that repositories are cloned from.
record GitHubHost(BaseUrl api, BaseUrl server) {
  /// The hosts of GitHub itself; an Enterprise Server is the user's to allow.
  static final List<String> OWN =
      List.of("api.github.com", "github.com", "api.*.ghe.com", "*.ghe.com");

  /// The one that these variables point to.
  static GitHubHost of(Map<String, String> variables) throws SourceException {
    String api = variables.getOrDefault("GITHUB_API_URL", "").strip();
    String host = variables.getOrDefault("GH_HOST", "").strip();
    if (!api.isEmpty()) {
      BaseUrl base = parsed("GITHUB_API_URL", api);
      return new GitHubHost(base, server(base));
    }
    if (host.isEmpty() || host.equals("github.com")) {
      return new GitHubHost(BaseUrl.of("https://api.github.com"), BaseUrl.of("https://github.com"));
    }
    BaseUrl server = parsed("GH_HOST", "https://" + host);
    return new GitHubHost(
        parsed(
            "GH_HOST",
            host.endsWith(".ghe.com") ? "https://api." + host : "https://" + host + "/api/v3"),
        server);
  }

  /// Where GraphQL is asked: beside the REST API of an Enterprise Server, below that of others.
  BaseUrl graph() {
    return new BaseUrl(api.scheme(), api.host(), api.port(), api.path().replaceFirst("/v3$", ""));
  }

  private static BaseUrl server(BaseUrl api) {
    boolean own = api.path().isEmpty() && api.host().startsWith("api.");
    return new BaseUrl(
        api.scheme(), own ? api.host().substring("api.".length()) : api.host(), api.port(), "");
  }

  private static BaseUrl parsed(String variable, String text) throws SourceException {
    try {
      return BaseUrl.parse(text);
    } catch (BadUrlException e) {
      throw new SourceException(
          variable + " is " + e.getMessage(), "correct " + variable + " or unset it", e);
    }
  }
}
