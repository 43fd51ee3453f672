package dev.stanch.detectors.source.github;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stanch.detectors.rule.YamlTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The caller's own credential for GitHub, found where its own tools find it.
///
/// @param origin the variable or file it was found in; empty where there is none
record GitHubToken(Held held, String origin) {
  /// Kept out of what the record prints.
  static final class Held {
    private final String token;

    Held(String token) {
      this.token = token;
    }

    @Override
    public String toString() {
      return "***";
    }
  }

  /// The variables that `gh` reads for a host: those of GitHub's own are shown to nobody else, not
  /// to whoever listens on this machine either.
  static List<String> variables(String host) {
    return host.equals("github.com") || host.endsWith(".ghe.com")
        ? List.of("GH_TOKEN", "GITHUB_TOKEN")
        : List.of("GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN");
  }

  /// The variables of `gh` first, then what it keeps in its file for a host.
  static GitHubToken of(Map<String, String> variables, String host) {
    for (String name : variables(host)) {
      String value = variables.getOrDefault(name, "").strip();
      if (!value.isEmpty()) {
        return new GitHubToken(new Held(value), name);
      }
    }
    return file(variables)
        .flatMap(file -> read(file, host))
        .orElseGet(() -> new GitHubToken(new Held(""), ""));
  }

  private static Optional<Path> file(Map<String, String> variables) {
    String named = variables.getOrDefault("GH_CONFIG_DIR", "");
    if (!named.isEmpty()) {
      return Optional.of(Path.of(named, "hosts.yml"));
    }
    String config = variables.getOrDefault("XDG_CONFIG_HOME", "");
    if (!config.isEmpty()) {
      return Optional.of(Path.of(config, "gh", "hosts.yml"));
    }
    return Optional.ofNullable(variables.get("HOME"))
        .map(folder -> Path.of(folder, ".config", "gh", "hosts.yml"));
  }

  private static Optional<GitHubToken> read(Path file, String host) {
    try {
      if (YamlTree.parse(Files.readString(file, UTF_8)) instanceof YamlTree.Mapping hosts
          && hosts.fields().get(host) instanceof YamlTree.Mapping settings
          && settings.fields().get("oauth_token") instanceof YamlTree.Scalar token) {
        return Optional.of(new GitHubToken(new Held(token.text()), file.toString()));
      }
    } catch (IOException _) {
      // No file, or none that we may read, or no YAML.
    }
    return Optional.empty();
  }

  boolean present() {
    return !held.token.isEmpty();
  }

  String text() {
    return held.token;
  }
}
