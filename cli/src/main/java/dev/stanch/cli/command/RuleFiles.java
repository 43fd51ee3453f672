package dev.stanch.cli.command;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/// The user's own rules, beside the built-in ones.
final class RuleFiles {
  @Option(
      names = "--rules",
      paramLabel = "FILE",
      description = "Adds the rules of FILE to the built-in ones; may be repeated.")
  private List<Path> files = List.of();

  List<Path> files() {
    return files;
  }
}
