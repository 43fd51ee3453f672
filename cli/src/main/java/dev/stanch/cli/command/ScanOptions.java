package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What every command that scans can be told.
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class ScanOptions {
  /// What `--min-confidence` is when nobody says anything.
  static final double LEAST_CONFIDENCE = 0.5;

  @Option(
      names = "--min-confidence",
      paramLabel = "NUMBER",
      defaultValue = "0.5",
      description = "Leaves out findings less sure than this, 0 to 1 (default: ${DEFAULT-VALUE}).")
  private double minConfidence;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that read and match (default: one per processor).")
  private int threads;

  @Option(
      names = {"-q", "--quiet"},
      description = "Writes no progress to standard error.")
  private boolean quiet;

  @Mixin private RuleFiles own;

  /// The options of a command line that nobody parsed with picocli.
  static ScanOptions of(double minConfidence, boolean quiet) {
    var options = new ScanOptions();
    options.minConfidence = minConfidence;
    options.quiet = quiet;
    options.own = new RuleFiles();
    return options;
  }

  List<Path> ruleFiles() {
    return own.files();
  }

  double minConfidence() throws UserFault {
    if (!(minConfidence >= 0 && minConfidence <= 1)) {
      throw UserFault.of(
          ExitCode.USAGE, "--min-confidence " + minConfidence + " is not between 0 and 1");
    }
    return minConfidence;
  }

  int threads() throws UserFault {
    if (threads < 0 || threads > 1024) {
      throw UserFault.of(ExitCode.USAGE, "--threads " + threads + " is not between 1 and 1024");
    }
    return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
  }

  boolean quiet() {
    return quiet;
  }
}
