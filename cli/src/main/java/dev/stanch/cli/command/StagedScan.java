package dev.stanch.cli.command;

import static java.util.Objects.requireNonNull;

import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.cli.report.ReportFormat;
import dev.stanch.detectors.source.git.GitRepository;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The scan a commit hook runs: what is staged against `HEAD`. Reached by [ScanGitCommand] and,
/// without picocli, by the hook's own path.
public final class StagedScan {
  private final Wiring wiring;
  private final ScanOptions options;
  private final ScanOnlyOptions only;
  private final ReportOptions report;

  StagedScan(Wiring wiring, ScanOptions options, ScanOnlyOptions only, ReportOptions report) {
    this.wiring = requireNonNull(wiring, "wiring");
    this.options = options;
    this.only = only;
    this.report = report;
  }

  /// The scan with these options, and what else the command line leaves out.
  public static StagedScan of(
      Wiring wiring, double minConfidence, boolean quiet, ReportFormat format) {
    return new StagedScan(
        wiring,
        ScanOptions.of(minConfidence, quiet),
        new ScanOnlyOptions(),
        ReportOptions.toStandardOutput(format));
  }

  /// Scans, writes the report and returns the exit code.
  ///
  /// @param named the repository that the command line names, or null for the one git names or this
  ///   folder lies in
  public int run(@Nullable Path named) throws UserFault, InterruptedException {
    Path folder = wiring.console().environment().folder();
    return new ScanRun(wiring, options, only, report)
        .inOwn(List.of(named == null ? folder : folder.resolve(named)))
        .run(
            (detector, progress) -> {
              GitRepository repository = Repositories.open(wiring.console().environment(), named);
              return wiring
                  .stagedScanner(detector, options.threads())
                  .scan(repository, Repositories.container(repository), progress);
            },
            ScanRun.Occasion.COMMIT);
  }
}
