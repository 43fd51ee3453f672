package dev.stanch.detectors.source.git;

import dev.stanch.detectors.source.Netrc;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;

/// Logins for a host, as a user of git expects them to be found: `.netrc`, the program that
/// `GIT_ASKPASS` names, and `GH_TOKEN` or `GITHUB_TOKEN` for github.com alone. Nothing is asked of
/// a person.
final class UserCredentials extends LoginProvider {
  private final Map<String, String> environment;

  UserCredentials(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  Optional<Login> login(URIish uri) {
    return uri.getHost() == null
        ? Optional.empty()
        : fromNetrc(uri).or(() -> fromGithubsVariables(uri)).or(() -> asked(uri));
  }

  private Optional<Login> fromNetrc(URIish uri) {
    String named = environment.get("NETRC");
    Path file =
        named != null ? Path.of(named) : Path.of(environment.getOrDefault("HOME", ""), ".netrc");
    try {
      return Netrc.parse(Files.readString(file))
          .find(uri.getHost(), uri.getUser())
          .filter(entry -> !entry.login().isEmpty() && !entry.password().isEmpty())
          .map(entry -> new Login(entry.login(), entry.password().toCharArray()));
    } catch (IOException _) { // there is none, or none that is ours to read
      return Optional.empty();
    }
  }

  private Optional<Login> fromGithubsVariables(URIish uri) {
    if (!"https".equals(uri.getScheme()) || !uri.getHost().equalsIgnoreCase("github.com")) {
      return Optional.empty();
    }
    return List.of("GH_TOKEN", "GITHUB_TOKEN").stream()
        .map(environment::get)
        .filter(token -> token != null && !token.isEmpty())
        .findFirst()
        .map(token -> new Login("x-access-token", token.toCharArray()));
  }

  private Optional<Login> asked(URIish uri) {
    String program = environment.getOrDefault("GIT_ASKPASS", "");
    if (program.isEmpty()) {
      return Optional.empty();
    }
    String where = uri.getScheme() + "://" + uri.getHost();
    String user =
        uri.getUser() != null ? uri.getUser() : answer(program, "Username for '" + where + "': ");
    if (user == null) {
      return Optional.empty();
    }
    String password =
        answer(
            program,
            "Password for '" + uri.getScheme() + "://" + user + "@" + uri.getHost() + "': ");
    return password == null
        ? Optional.empty()
        : Optional.of(new Login(user, password.toCharArray()));
  }

  private @Nullable String answer(String program, String question) {
    var builder =
        new ProcessBuilder(program, question).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      try (var lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        String line = lines.readLine();
        return process.waitFor() == 0 ? line : null;
      }
    } catch (IOException _) {
      return null;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
