package dev.stanch.cli.command;

import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.detectors.scan.HistoryScanner;
import dev.stanch.detectors.source.git.GitRepository;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Scans a repository's history.
@Command(
    name = "git",
    description = "Finds tokens in everything a git repository has ever held.",
    footer = {
      "",
      "Examples:",
      "  stanch scan git",
      "  stanch scan git --unreachable --format jsonl ../project",
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class ScanGitCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Parameters(
      arity = "0..1",
      paramLabel = "REPO",
      defaultValue = ".",
      description = "The repository; the one of this folder when left out.")
  private Path repository;

  @Option(
      names = "--unreachable",
      description = "Also what no ref leads to any more, as long as git has not pruned it.")
  private boolean unreachable;

  @Mixin private ScanOptions scan;
  @Mixin private ScanOnlyOptions only;
  @Mixin private ReportOptions report;

  ScanGitCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault, InterruptedException {
    Path where = wiring.console().environment().folder().resolve(repository);
    return new ScanRun(wiring, scan, only, report)
        .run(
            (detector, progress) -> {
              GitRepository found = GitRepository.find(where, Map.of());
              return wiring
                  .historyScanner(detector, scan.threads())
                  .scan(
                      found,
                      found.workTree().orElse(found.gitFolder()).toUri().toString(),
                      unreachable ? HistoryScanner.Scope.STORED : HistoryScanner.Scope.REACHABLE,
                      progress);
            });
  }
}
