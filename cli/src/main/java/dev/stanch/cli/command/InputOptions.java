package dev.stanch.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What a command that asks or acts looks at.
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class InputOptions {
  /// Standard input.
  static final String STDIN = "-";

  static final String GIT = "git:";
  static final String DIR = "dir:";
  static final String COMPOSE = "compose:";

  @Parameters(
      arity = "0..*",
      paramLabel = "SOURCE",
      description =
          "What to look at: git:REPO, dir:PATH, env:, env:PID, env:all, container:NAME, image:NAME"
              + " or image:FILE, compose:FILE, k8s:[CONTEXT/]NAMESPACE, k8s:* or k8s:FILE,"
              + " space:OWNER[/NAME], github:OWNER[/REPO], a report file of Stanch or another"
              + " scanner, or - for standard input (default: git:.).")
  private List<String> sources = new ArrayList<>();

  @Option(
      names = "--verify-context",
      description =
          "Also shows providers tokens that nothing but a word nearby or a rule of your own"
              + " assigns to them.")
  private boolean verifyContext;

  @Mixin private ScanOptions scan;
  @Mixin private SuppressionOptions suppression;

  List<String> sources() {
    return sources.isEmpty() ? List.of("git:.") : sources;
  }

  /// The folders that are named: the caller's own.
  List<Path> trees(Path folder) {
    var trees = new ArrayList<Path>();
    for (String source : sources()) {
      if (source.startsWith(GIT) || source.startsWith(DIR)) {
        trees.add(folder.resolve(source.substring(4)));
      }
    }
    return trees;
  }

  boolean standardInput() {
    return sources.contains(STDIN);
  }

  boolean verifyContext() {
    return verifyContext;
  }

  ScanOptions scan() {
    return scan;
  }

  SuppressionOptions suppression() {
    return suppression;
  }
}
