package dev.stanch.revokers.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the configuration files of providers' own tools hold, by the variable that stands for it.
final class ConfigurationFiles {
  private static final Map<String, String> AWS =
      Map.of(
          "AWS_ACCESS_KEY_ID", "aws_access_key_id",
          "AWS_SECRET_ACCESS_KEY", "aws_secret_access_key",
          "AWS_SESSION_TOKEN", "aws_session_token");

  private final Map<String, String> environment;

  ConfigurationFiles(Map<String, String> environment) {
    this.environment = environment;
  }

  /// What stands in place of an unset variable.
  Optional<String> find(String variable) {
    if (variable.equals("VAULT_TOKEN")) {
      return home(".vault-token").flatMap(file -> read(file).stream().findFirst());
    }
    // A key of the environment is never completed from a file: it would be two halves of two keys.
    boolean partial = AWS.keySet().stream().anyMatch(each -> set(each).isPresent());
    String name = AWS.get(variable);
    return name == null || partial ? Optional.empty() : aws(name);
  }

  private Optional<String> aws(String name) {
    String profile = set("AWS_PROFILE").or(() -> set("AWS_DEFAULT_PROFILE")).orElse("default");
    Optional<Path> credentials = file("AWS_SHARED_CREDENTIALS_FILE", ".aws/credentials");
    Optional<Path> config = file("AWS_CONFIG_FILE", ".aws/config");
    String section = profile.equals("default") ? profile : "profile " + profile;
    // One file for the whole key, for the same reason.
    if (credentials.flatMap(file -> value(file, profile, "aws_access_key_id")).isPresent()) {
      return credentials.flatMap(file -> value(file, profile, name));
    }
    return config.flatMap(file -> value(file, section, name));
  }

  private Optional<String> set(String variable) {
    return Optional.ofNullable(environment.get(variable)).filter(value -> !value.isBlank());
  }

  private Optional<Path> file(String variable, String usual) {
    return set(variable).map(Path::of).or(() -> home(usual));
  }

  private Optional<Path> home(String name) {
    return set("HOME").map(home -> Path.of(home).resolve(name));
  }

  private static Optional<String> value(Path file, String section, String name) {
    boolean inside = false;
    for (String line : read(file)) {
      String text = line.strip();
      int equals = text.indexOf('=');
      if (text.startsWith("[") && text.endsWith("]")) {
        inside = text.substring(1, text.length() - 1).strip().equals(section);
      } else if (inside && equals > 0 && text.substring(0, equals).strip().equals(name)) {
        return Optional.of(text.substring(equals + 1).strip());
      }
    }
    return Optional.empty();
  }

  /// Nothing where there is no such file, or none that we may read.
  private static List<String> read(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    } catch (IOException _) {
      return List.of();
    }
  }
}
