package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.detectors.scan.Detector;
import dev.stanch.detectors.scan.HistoryScanner;
import dev.stanch.detectors.scan.ScanProgress;
import dev.stanch.detectors.scan.ScanResult;
import dev.stanch.detectors.source.SourceException;
import dev.stanch.detectors.source.directory.DirectorySource;
import dev.stanch.detectors.source.git.GitRepository;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// The source that a command acts on: `git:REPO` or `dir:PATH`.
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class SourceOptions {
  @Parameters(
      arity = "0..1",
      paramLabel = "SOURCE",
      defaultValue = "git:.",
      description = "What to look at: git:REPO or dir:PATH (default: ${DEFAULT-VALUE}).")
  private String source;

  @Mixin private ScanOptions scan;

  /// What is in force where `baseline` is worked on.
  ScanConfiguration configuration(Wiring wiring, Path baseline) throws UserFault {
    return ScanConfiguration.beside(baseline, wiring, scan, List.of(folder(wiring)));
  }

  /// Scans the source; whoever calls closes the result, which wipes its tokens.
  ScanResult scan(Wiring wiring, ScanConfiguration configuration)
      throws UserFault, InterruptedException {
    int colon = source.indexOf(':');
    String kind = colon < 0 ? "" : source.substring(0, colon);
    Path where = folder(wiring);
    Detector detector = configuration.detector(wiring, scan);
    var progress = new ScanProgress();
    wiring.console().environment().interruption().onRequest(progress::stop);
    try (var _ = wiring.progressDisplay(progress, scan.quiet())) {
      return switch (kind) {
        case "git" -> {
          GitRepository repository = Repositories.open(wiring.console().environment(), where);
          yield wiring
              .historyScanner(detector, scan.threads())
              .scan(
                  repository,
                  Repositories.container(repository),
                  HistoryScanner.Scope.REACHABLE,
                  progress);
        }
        case "dir" ->
            wiring
                .scanner(detector, scan.threads())
                .scan(new DirectorySource(where, DirectorySource.Ignored.EXCLUDED), progress);
        default ->
            throw UserFault.of(
                ExitCode.USAGE, "no such source: " + source, "use git:REPO or dir:PATH");
      };
    } catch (SourceException e) {
      throw UserFault.of(ExitCode.INCOMPLETE, String.valueOf(e.getMessage()), e.hint());
    }
  }

  /// The folder that the source names.
  Path folder(Wiring wiring) {
    return wiring
        .console()
        .environment()
        .folder()
        .resolve(source.substring(source.indexOf(':') + 1));
  }

  double minConfidence(ScanConfiguration configuration) throws UserFault {
    return configuration.minConfidence(scan);
  }
}
