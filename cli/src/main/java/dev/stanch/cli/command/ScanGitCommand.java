package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.detectors.scan.HistoryScanner;
import dev.stanch.detectors.scan.RangeScanner;
import dev.stanch.detectors.source.git.GitRepository;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
      "  stanch scan git --staged",
      "  stanch scan git --range origin/main..HEAD",
      "  stanch scan git --unreachable --format jsonl ../project",
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class ScanGitCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Parameters(
      arity = "0..1",
      paramLabel = "REPO",
      description = "The repository; the one of this folder when left out.")
  private @Nullable Path repository;

  @Option(
      names = "--unreachable",
      description = "Also what no ref leads to any more, as long as git has not pruned it.")
  private boolean unreachable;

  @Option(
      names = "--staged",
      description = "Only what is staged and what HEAD does not have: what a commit would bring.")
  private boolean staged;

  @Mixin private CommitOptions commits;
  @Mixin private ScanOptions scan;
  @Mixin private ScanOnlyOptions only;
  @Mixin private ReportOptions report;

  ScanGitCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault, InterruptedException {
    if (staged) {
      if (unreachable) {
        throw UserFault.of(ExitCode.USAGE, "--staged and --unreachable exclude each other");
      }
      if (commits.any()) {
        throw UserFault.of(ExitCode.USAGE, "--staged excludes any choice of commits");
      }
      return new StagedScan(wiring, scan, only, report).run(repository);
    }
    if (commits.any() && unreachable) {
      throw UserFault.of(ExitCode.USAGE, "--unreachable excludes any choice of commits");
    }
    if (commits.ranged()) {
      return range();
    }
    Path folder = wiring.console().environment().folder();
    Path where = repository == null ? folder : folder.resolve(repository);
    return new ScanRun(wiring, scan, only, report)
        .inOwn(List.of(where))
        .run(
            (detector, progress) -> {
              GitRepository found = Repositories.open(wiring.console().environment(), repository);
              var scanner = wiring.historyScanner(detector, scan.threads());
              String container = Repositories.container(found);
              if (commits.any()) {
                commits.mustLeadSomewhere(found);
                return scanner.scan(
                    found, container, HistoryScanner.Scope.REACHABLE, commits.refs(), progress);
              }
              return scanner.scan(
                  found,
                  container,
                  unreachable ? HistoryScanner.Scope.STORED : HistoryScanner.Scope.REACHABLE,
                  progress);
            });
  }

  private int range() throws UserFault, InterruptedException {
    var environment = wiring.console().environment();
    var selection = commits.selection(wiring.console().in());
    Path named = repository;
    return new ScanRun(wiring, scan, only, report)
        .inOwn(List.of(named == null ? environment.folder() : environment.folder().resolve(named)))
        .run(
            (detector, progress) -> {
              // A push lies in git's quarantine, which git names to its hook.
              GitRepository found = Repositories.open(environment, named);
              try {
                return wiring
                    .rangeScanner(detector)
                    .scan(found, Repositories.container(found), selection, progress);
              } catch (RangeScanner.UnknownRevisionException e) {
                throw UserFault.of(ExitCode.USAGE, "no such commit: " + e.getMessage());
              }
            },
            ScanRun.Occasion.CHANGE);
  }
}
