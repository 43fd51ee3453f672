package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What every command that scans can be told.
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class ScanOptions {
  /// What `--min-confidence` is when nobody says anything.
  private static final double LEAST_CONFIDENCE = 0.5;

  @Option(
      names = "--min-confidence",
      paramLabel = "NUMBER",
      description = "Leaves out findings less sure than this, 0 to 1 (default: 0.5).")
  private @Nullable Double minConfidence;

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

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description =
          "Follows FILE in all it says, also in what it switches off. Without this, stanch.yml in"
              + " the scanned tree may add rules and allow, no more.")
  private @Nullable Path config;

  /// The options of a command line that nobody parsed with picocli.
  static ScanOptions of(@Nullable Double minConfidence, boolean quiet) {
    var options = new ScanOptions();
    options.minConfidence = minConfidence;
    options.quiet = quiet;
    options.own = new RuleFiles();
    return options;
  }

  List<Path> ruleFiles() {
    return own.files();
  }

  @Nullable Path config() {
    return config;
  }

  /// What the command line says, else what the configuration named by the caller says.
  double minConfidence(OptionalDouble configured) throws UserFault {
    double asked =
        minConfidence == null ? configured.orElse(LEAST_CONFIDENCE) : minConfidence.doubleValue();
    if (!(asked >= 0 && asked <= 1)) {
      throw UserFault.of(
          ExitCode.USAGE,
          "--min-confidence " + asked + " is not between 0 and 1",
          "0 shows every guess, 1 only what is proven; 0.5 is usual");
    }
    return asked;
  }

  int threads() throws UserFault {
    if (threads < 0 || threads > 1024) {
      throw UserFault.of(
          ExitCode.USAGE,
          "--threads " + threads + " is not between 1 and 1024",
          "leave it out for one a processor");
    }
    return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
  }

  boolean quiet() {
    return quiet;
  }
}
