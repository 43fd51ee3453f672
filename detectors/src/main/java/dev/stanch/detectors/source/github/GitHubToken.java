package dev.stanch.detectors.source.github;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stanch.detectors.rule.YamlTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kohsuke.github.GHException;
import org.kohsuke.github.authorization.AuthorizationProvider;

/// The caller's own credential for GitHub, found where its own tools find it.
///
/// @param origin the variable or file it was found in; empty where there is none
record GitHubToken(Held held, String origin) {
  /// Gives the token of the moment.
  @FunctionalInterface
  private interface Text {
    String now() throws IOException;
  }

  /// Kept out of what the record prints.
  static final class Held {
    private final boolean present;
    private final Text text;

    private Held(boolean present, Text text) {
      this.present = present;
      this.text = text;
    }

    private static Held of(String token) {
      return new Held(!token.isEmpty(), () -> token);
    }

    @Override
    public String toString() {
      return "***";
    }
  }

  /// The variables that `gh` reads for a host: those of GitHub's own are shown to nobody else, not
  /// to whoever listens on this machine either.
  static List<String> variables(String host) {
    return ownedByGitHub(host)
        ? List.of("GH_TOKEN", "GITHUB_TOKEN")
        : List.of("GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN");
  }

  static boolean ownedByGitHub(String host) {
    return host.equals("github.com") || host.endsWith(".ghe.com");
  }

  /// Tokens of an App's installation, one after the other.
  static GitHubToken of(GitHubApp app, AuthorizationProvider provider) {
    return new GitHubToken(
        new Held(
            true,
            () -> {
              try {
                return provider.getEncodedAuthorization().replaceFirst("^token ", "");
              } catch (IOException | GHException e) {
                // hub4j quotes an answer that it cannot read, and lists throw what nobody declares.
                throw GitHubApi.refusal(e);
              }
            }),
        app.origin());
  }

  /// The variables of `gh` first, then what it keeps in its file for a host.
  static GitHubToken of(Map<String, String> variables, String host) {
    for (String name : variables(host)) {
      String value = variables.getOrDefault(name, "").strip();
      if (!value.isEmpty()) {
        return new GitHubToken(Held.of(value), name);
      }
    }
    return file(variables)
        .flatMap(file -> read(file, host))
        .orElseGet(() -> new GitHubToken(Held.of(""), ""));
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
        return Optional.of(new GitHubToken(Held.of(token.text()), file.toString()));
      }
    } catch (IOException _) {
      // No file, or none that we may read, or no YAML.
    }
    return Optional.empty();
  }

  boolean present() {
    return held.present;
  }

  String text() throws IOException {
    return held.text.now();
  }
}
