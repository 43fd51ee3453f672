package dev.stanch.revokers.advice;

import java.util.Map;
import java.util.Optional;

/// Variables that runners set by themselves, with what they hold where the forge is not one's own.
final class CiVariables {
  private static final String GITHUB = "https://github.com";
  private static final String GITHUB_API = "https://api.github.com";
  private static final String GITLAB = "https://gitlab.com";
  private static final String GITLAB_API = GITLAB + "/api/v4";

  private static final Map<String, String> VALUES =
      Map.ofEntries(
          Map.entry("GITHUB_SERVER_URL", GITHUB),
          Map.entry("GITHUB_API_URL", GITHUB_API),
          Map.entry("GITHUB_GRAPHQL_URL", GITHUB_API + "/graphql"),
          Map.entry("github.server_url", GITHUB),
          Map.entry("github.api_url", GITHUB_API),
          Map.entry("github.graphql_url", GITHUB_API + "/graphql"),
          Map.entry("CI_SERVER_URL", GITLAB),
          Map.entry("CI_SERVER_HOST", "gitlab.com"),
          Map.entry("CI_SERVER_FQDN", "gitlab.com"),
          Map.entry("CI_SERVER_PROTOCOL", "https"),
          Map.entry("CI_API_V4_URL", GITLAB_API),
          Map.entry("CI_API_GRAPHQL_URL", GITLAB + "/api/graphql"),
          Map.entry("CI_PROJECT_URL", GITLAB + "/" + Constants.OWN));

  private CiVariables() {}

  /// What a variable holds; empty for one that no runner sets, or that differs from run to run.
  static Optional<String> value(String name) {
    return Optional.ofNullable(VALUES.get(name));
  }
}
