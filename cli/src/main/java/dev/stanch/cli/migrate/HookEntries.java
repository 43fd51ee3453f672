package dev.stanch.cli.migrate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Where another scanner is run: entries of the pre-commit framework and lines of CI files.
final class HookEntries {
  private static final String PRE_COMMIT = ".pre-commit-config.yaml";
  private static final Pattern REPOSITORY =
      Pattern.compile("(\\s*)-\\s+repo:\\s*[\"']?([^\"'\\s]+)[\"']?.*");
  private static final Pattern HOOK = Pattern.compile("(\\s*)-\\s+id:\\s*[\"']?([^\"'\\s]+).*");
  private static final Pattern ENTRY = Pattern.compile("\\s*(?:entry|args):\\s*(.+?)\\s*");
  private static final Pattern RUN =
      Pattern.compile(
          "(\\s*(?:-\\s+)?(?:run:\\s*)?)(\\S*(?:gitleaks|trufflehog|detect-secrets\\S*)\\s.*)");
  private static final Pattern CONFIGURATION = Pattern.compile("--config (\\S+)");
  private static final Pattern ACTION =
      Pattern.compile(
          "(\\s*(?:-\\s+)?)uses:\\s*(?:gitleaks/gitleaks-action|trufflesecurity/trufflehog)@.*");

  private final Migration migration;
  private final Consumer<PeerCommand> found;

  /// @param found told of each command line that was translated
  HookEntries(Migration migration, Consumer<PeerCommand> found) {
    this.migration = migration;
    this.found = found;
  }

  void move() throws IOException {
    preCommit();
    var files = new ArrayList<String>();
    for (String name : List.of(".gitlab-ci.yml", ".travis.yml", "azure-pipelines.yml")) {
      if (migration.text(name).isPresent()) {
        files.add(name);
      }
    }
    Path workflows = migration.folder().resolve(".github/workflows");
    if (Files.isDirectory(workflows)) {
      try (Stream<Path> inside = Files.list(workflows)) {
        inside
            .map(file -> ".github/workflows/" + file.getFileName())
            .filter(name -> name.endsWith(".yml") || name.endsWith(".yaml"))
            .sorted()
            .forEach(files::add);
      }
    }
    for (String name : files) {
      ci(name, migration.text(name).orElse(""));
    }
  }

  // ---- pre-commit

  private void preCommit() throws IOException {
    Optional<String> text = migration.text(PRE_COMMIT);
    if (text.isEmpty()) {
      return;
    }
    var out = new ArrayList<String>();
    List<String> lines = text.get().lines().toList();
    boolean ours = text.get().contains("id: stanch");
    int i = 0;
    while (i < lines.size()) {
      Matcher repository = REPOSITORY.matcher(lines.get(i));
      if (!repository.matches()) {
        out.add(lines.get(i++));
        continue;
      }
      int end = i + 1;
      while (end < lines.size() && !endsItem(lines.get(end), repository.group(1).length())) {
        end++;
      }
      Optional<String> tool = tool(repository.group(2));
      List<String> block = lines.subList(i, end);
      if (tool.isPresent()) {
        arguments(tool.get(), block);
        if (!ours) {
          out.addAll(hook(repository.group(1)));
          ours = true;
        }
        migration.changed(PRE_COMMIT + ":" + (i + 1) + ": stanch in place of " + tool.get());
      } else {
        out.addAll(block);
        tellLocal(block, i);
      }
      i = end;
    }
    String now = String.join("\n", out) + "\n";
    if (!out.equals(lines)) {
      migration.write(PRE_COMMIT, now);
    }
  }

  private static boolean endsItem(String line, int indent) {
    if (line.isBlank() || line.strip().startsWith("#")) {
      return false;
    }
    int here = line.length() - line.stripLeading().length();
    return here < indent || here == indent && line.strip().startsWith("- ") || here == 0;
  }

  private static Optional<String> tool(String url) {
    String name = url.replaceAll("(?:\\.git)?/*$", "");
    return PeerCommand.tool(name);
  }

  private static List<String> hook(String indent) {
    return Stream.of(
            "- repo: local",
            "  hooks:",
            "    - id: stanch",
            "      name: stanch",
            "      entry: stanch scan git --staged",
            "      language: system",
            "      pass_filenames: false",
            "      always_run: true",
            "      require_serial: true")
        .map(line -> indent + line)
        .toList();
  }

  /// What the arguments of a hook say beside the scan itself.
  private void arguments(String tool, List<String> block) {
    for (int i = 0; i < block.size(); i++) {
      Matcher entry = ENTRY.matcher(block.get(i));
      if (entry.matches()) {
        String words = entry.group(1).replaceAll("[\\[\\]\",']", " ").strip();
        String program = tool.equals("detect-secrets") ? "detect-secrets-hook" : tool;
        PeerCommand.of(
                PeerCommand.tool(words.split("\\s", 2)[0]).isPresent()
                    ? words
                    : program + " " + words)
            .ifPresent(command -> told(PRE_COMMIT, command));
      } else if (block.get(i).strip().startsWith("exclude:")) {
        migration.left(
            PRE_COMMIT
                + ": '"
                + block.get(i).strip()
                + "' of the hook: put it under 'allow' in "
                + Settings.FILE);
      }
    }
  }

  private void tellLocal(List<String> block, int first) {
    for (int i = 0; i < block.size(); i++) {
      Matcher entry = ENTRY.matcher(block.get(i));
      Matcher hook = HOOK.matcher(block.get(i));
      boolean runs =
          entry.matches() && PeerCommand.tool(entry.group(1).split("\\s", 2)[0]).isPresent()
              || hook.matches() && PeerCommand.tool(hook.group(2)).isPresent();
      if (runs) {
        migration.left(
            PRE_COMMIT
                + ":"
                + (first + i + 1)
                + ": a local hook; change its entry to 'stanch scan git --staged' by hand");
        return;
      }
    }
  }

  // ---- CI

  private void ci(String name, String text) throws IOException {
    var out = new ArrayList<String>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      String where = name + ":" + number;
      Matcher run = RUN.matcher(line);
      if (ACTION.matcher(line).matches()) {
        migration.left(
            where
                + ": '"
                + line.strip()
                + "': use Stanch's own action (action.yml), whose inputs differ");
      } else if (run.matches()) {
        Optional<PeerCommand> command = PeerCommand.of(run.group(2));
        if (command.isPresent()) {
          told(where, command.get());
          String ours = withOurConfiguration(command.get().command());
          migration.changed(where + ": " + ours);
          out.add(run.group(1) + ours);
          continue;
        }
        if (PeerCommand.tool(run.group(2).split("\\s", 2)[0]).isPresent()) {
          migration.left(where + ": '" + line.strip() + "' has no counterpart here");
        }
      }
      out.add(line);
    }
    if (!out.equals(text.lines().toList())) {
      migration.write(name, String.join("\n", out) + "\n");
    }
  }

  /// A configuration that moved is named by its new name.
  private String withOurConfiguration(String command) {
    Matcher named = CONFIGURATION.matcher(command);
    return named.find() && migration.deletes(named.group(1))
        ? named.replaceFirst("--config " + Settings.FILE)
        : command;
  }

  private void told(String where, PeerCommand command) {
    command.lost().forEach(option -> migration.left(where + ": " + option));
    found.accept(command);
  }
}
