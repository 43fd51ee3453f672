package dev.stanch.cli.command;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What `scan` alone can be told: the commands that act verify anyway and show no token.
final class ScanOnlyOptions {
  @Option(
      names = "--show-tokens",
      description =
          "Prints the tokens themselves (text and json only, never into a build log): the one"
              + " report that must be kept secret.")
  private boolean showTokens;

  @Option(
      names = "--verify",
      description =
          "Asks each token's own provider whether it is live: read-only calls, and only for tokens"
              + " whose form names their provider.")
  private boolean verify;

  @Option(
      names = "--no-suppress",
      description = "Shows all: no comment, baseline or allowlist counts.")
  private boolean noSuppress;

  @Option(
      names = {"--baseline", "--baseline-path"},
      paramLabel = "FILE",
      description =
          "Accepts what FILE names, beside .stanch-baseline in the scanned tree; may be repeated.")
  private List<Path> baselines = List.of();

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description =
          "Follows FILE in all it says, also in what it switches off. Without this, stanch.yml in"
              + " the scanned tree may add rules and allow, no more.")
  private @Nullable Path config;

  @Nullable Path config() {
    return config;
  }

  boolean suppress() {
    return !noSuppress;
  }

  List<Path> baselines() {
    return baselines;
  }

  boolean verify() {
    return verify;
  }

  boolean showTokens() {
    return showTokens;
  }
}
