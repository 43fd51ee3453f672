package dev.stanch.cli.command;

import picocli.CommandLine.Mixin;
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

  @Mixin private SuppressionOptions suppression = new SuppressionOptions();

  /// The options of a command that only lets suppression be chosen.
  static ScanOnlyOptions suppressing(SuppressionOptions suppression) {
    var options = new ScanOnlyOptions();
    options.suppression = suppression;
    return options;
  }

  SuppressionOptions suppression() {
    return suppression;
  }

  boolean verify() {
    return verify;
  }

  boolean showTokens() {
    return showTokens;
  }
}
