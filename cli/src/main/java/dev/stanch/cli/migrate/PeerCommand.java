package dev.stanch.cli.migrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A command line of another scanner as ours.
///
/// @param command ours
/// @param lost the options that have no counterpart
/// @param excluded files of paths that the other scanner leaves out
/// @param settings files of custom rules
record PeerCommand(
    String command, List<String> lost, List<String> excluded, List<String> settings) {
  static final List<String> TOOLS = List.of("gitleaks", "trufflehog", "detect-secrets");

  private static final Map<String, String> FORMATS =
      Map.of("json", "json", "sarif", "sarif", "csv", "csv", "junit", "junit");

  PeerCommand {
    lost = List.copyOf(lost);
    excluded = List.copyOf(excluded);
    settings = List.copyOf(settings);
  }

  /// The tool that a word of a command line runs.
  static Optional<String> tool(String word) {
    String name = word.substring(word.lastIndexOf('/') + 1);
    if (name.equals("detect-secrets-hook")) {
      return Optional.of("detect-secrets");
    }
    return TOOLS.stream().filter(name::equals).findFirst();
  }

  /// Translates a command line whose first word is a tool's; empty where it does not scan.
  static Optional<PeerCommand> of(String line) {
    List<String> words = List.of(line.strip().split("\\s+", -1));
    return tool(words.getFirst())
        .flatMap(
            tool ->
                switch (tool) {
                  case "gitleaks" -> new Reader(words).gitleaks();
                  case "trufflehog" -> new Reader(words).trufflehog();
                  default -> new Reader(words).detectSecrets();
                });
  }

  private static final class Reader {
    private final List<String> words;
    private final List<String> options = new ArrayList<>();
    private final List<String> lost = new ArrayList<>();
    private final List<String> excluded = new ArrayList<>();
    private final List<String> settings = new ArrayList<>();
    private final List<String> targets = new ArrayList<>();
    private String kind = "git";
    private int at = 1;
    private String inline = "";

    Reader(List<String> words) {
      this.words = words;
    }

    private String next() {
      String word = words.get(at++);
      int equals = word.startsWith("--") ? word.indexOf('=') : -1;
      inline = equals < 0 ? "" : word.substring(equals + 1);
      return equals < 0 ? word : word.substring(0, equals);
    }

    private boolean more() {
      return at < words.size();
    }

    private String value() {
      if (!inline.isEmpty()) {
        return inline;
      }
      return more() && !words.get(at).startsWith("-") ? words.get(at++) : "";
    }

    /// An option without a counterpart, with its value.
    private void lost(String option) {
      String value = value();
      lost.add(value.isEmpty() ? option : option + " " + value);
    }

    private void format(String format) {
      String ours = FORMATS.get(format);
      if (ours == null) {
        lost.add("format " + format);
      } else {
        options.add("--format " + ours);
      }
    }

    private Optional<PeerCommand> done() {
      var line = new StringBuilder("stanch scan ").append(kind);
      options.forEach(option -> line.append(' ').append(option));
      targets.forEach(target -> line.append(' ').append(target));
      return Optional.of(new PeerCommand(line.toString(), lost, excluded, settings));
    }

    Optional<PeerCommand> gitleaks() {
      while (more()) {
        String word = next();
        switch (word) {
          case "git", "detect" -> {}
          case "dir", "directory", "file", "--no-git" -> kind = "dir";
          case "stdin", "--pipe" -> kind = "stdin";
          case "protect", "--staged", "--pre-commit" -> {
            if (!options.contains("--staged")) {
              options.add("--staged");
            }
          }
          case "version", "completion", "help" -> {
            return Optional.empty();
          }
          case "-s", "--source" -> targets.add(value());
          case "-c", "--config" -> options.add("--config " + value());
          case "-b", "--baseline-path" -> options.add("--baseline " + value());
          case "-f", "--report-format" -> format(value());
          case "-r", "--report-path" -> options.add("--output " + value());
          case "--ignore-gitleaks-allow" -> options.add("--no-suppress");
          case "--log-opts" -> range(value());
          case "--redact", "--no-banner", "--no-color", "-v", "--verbose" -> inline = "";
          default -> other(word);
        }
      }
      if (kind.equals("dir") && targets.isEmpty()) {
        targets.add(".");
      }
      return done();
    }

    private void range(String value) {
      String plain = value.replace("\"", "").replace("'", "");
      if (plain.matches("\\S+\\.\\.\\S+") && plain.equals(value)) {
        options.add("--range " + plain);
      } else {
        lost.add("--log-opts " + value);
      }
    }

    private void other(String word) {
      if (word.startsWith("-")) {
        lost(word);
      } else {
        targets.add(word);
      }
    }

    Optional<PeerCommand> trufflehog() {
      while (more()) {
        String word = next();
        switch (word) {
          case "git" -> kind = "git";
          case "filesystem" -> kind = "dir";
          case "stdin" -> kind = "stdin";
          case "github", "gitlab", "docker", "s3", "gcs", "huggingface" -> {
            return Optional.empty();
          }
          case "--since-commit" -> options.add("--since " + value());
          case "--branch" -> options.add("--branch " + value());
          case "--json", "-j" -> options.add("--format json");
          case "--directory" -> {
            kind = "dir";
            targets.add(value());
          }
          case "-x", "--exclude-paths" -> excluded.add(value());
          case "--config" -> settings.add(value());
          case "--only-verified", "--results" -> {
            options.add("--verify");
            lost.add((word + " " + value()).strip() + " (--verify asks; look at the verdict)");
          }
          case "--fail", "--no-update", "--no-verification", "--no-color" -> inline = "";
          case String target when target.startsWith("file://") ->
              targets.add(target.substring("file://".length()));
          default -> other(word);
        }
      }
      if (kind.equals("git") && options.contains("--since HEAD")) {
        options.remove("--since HEAD");
        options.add("--staged"); // how its hook asks for what is about to be committed
      }
      return done();
    }

    Optional<PeerCommand> detectSecrets() {
      boolean hook = words.getFirst().endsWith("-hook");
      while (more()) {
        String word = next();
        switch (word) {
          case "scan" -> kind = "dir";
          case "audit" -> {
            return Optional.empty();
          }
          case "--baseline" -> options.add("--baseline " + value());
          case "--all-files" -> kind = "dir";
          default -> other(word);
        }
      }
      if (hook) {
        kind = "git";
        targets.clear();
        options.addFirst("--staged");
      } else if (kind.equals("dir") && targets.isEmpty()) {
        targets.add(".");
      }
      return done();
    }
  }
}
