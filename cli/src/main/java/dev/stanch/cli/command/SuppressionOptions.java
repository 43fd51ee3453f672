package dev.stanch.cli.command;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/// What else has a say about what counts.
final class SuppressionOptions {
  @Option(
      names = "--no-suppress",
      description = "Counts all: no comment, baseline or allowlist has a say.")
  private boolean noSuppress;

  @Option(
      names = {"--baseline", "--baseline-path"},
      paramLabel = "FILE",
      description =
          "Accepts what FILE names, beside .stanch-baseline in the scanned tree; may be repeated.")
  private List<Path> baselines = List.of();

  boolean suppress() {
    return !noSuppress;
  }

  List<Path> baselines() {
    return baselines;
  }
}
