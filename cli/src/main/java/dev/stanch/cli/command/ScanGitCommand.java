package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.detectors.scan.Detector;
import dev.stanch.detectors.scan.HistoryScanner;
import dev.stanch.detectors.scan.RangeScanner;
import dev.stanch.detectors.scan.ScanProgress;
import dev.stanch.detectors.scan.ScanResult;
import dev.stanch.detectors.source.SourceException;
import dev.stanch.detectors.source.git.GitRepository;
import dev.stanch.detectors.source.git.RemoteAddress;
import dev.stanch.detectors.source.git.TemporaryClone;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
      "  stanch scan git https://example.org/acme/app.git",
      "  stanch scan git --staged",
      "  stanch scan git --range origin/main..HEAD",
      "  stanch scan git --range origin/main..HEAD --base origin/main --from-fork",
      "  stanch scan git --unreachable --format jsonl ../project",
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class ScanGitCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Parameters(
      arity = "0..1",
      paramLabel = "REPO",
      description =
          "The repository: a folder, or an address (https, ssh, git, file) that is cloned for the"
              + " scan; the one of this folder when left out.")
  private @Nullable String repository;

  @Option(
      names = "--unreachable",
      description = "Also what no ref leads to any more, as long as git has not pruned it.")
  private boolean unreachable;

  @Option(
      names = "--staged",
      description = "Only what is staged and what HEAD does not have: what a commit would bring.")
  private boolean staged;

  @Mixin private CommitOptions commits;
  @Mixin private BaseOptions base;
  @Mixin private ScanOptions scan;
  @Mixin private ScanOnlyOptions only;
  @Mixin private ReportOptions report;

  ScanGitCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault, InterruptedException {
    base.mustFit(commits);
    if (staged) {
      if (unreachable) {
        throw UserFault.of(
            ExitCode.USAGE,
            "--staged and --unreachable exclude each other",
            "leave one of them out");
      }
      if (commits.any()) {
        throw UserFault.of(
            ExitCode.USAGE,
            "--staged excludes any choice of commits",
            "leave --staged out to scan commits");
      }
      if (address().isPresent()) {
        throw UserFault.of(
            ExitCode.USAGE,
            "--staged needs a repository of this machine",
            "clone it first, or leave --staged out");
      }
      return new StagedScan(wiring, scan, only, report)
          .run(repository == null ? null : Path.of(repository));
    }
    if (commits.any() && unreachable) {
      throw UserFault.of(
          ExitCode.USAGE, "--unreachable excludes any choice of commits", "leave one of them out");
    }
    if (commits.ranged()) {
      return range();
    }
    return in(this::history, ScanRun.Occasion.REQUEST);
  }

  /// A scan of a repository that is open.
  private interface Scan {
    ScanResult run(
        Detector detector, GitRepository repository, String container, ScanProgress progress)
        throws UserFault, InterruptedException;
  }

  /// Runs a scan in the repository that the command line means. What stands in one that was cloned
  /// for it has no say about what counts.
  private int in(Scan scanning, ScanRun.Occasion occasion) throws UserFault, InterruptedException {
    var environment = wiring.console().environment();
    var run = new ScanRun(wiring, scan, only, report);
    Optional<RemoteAddress> address = address();
    if (address.isPresent()) {
      base.mustNotBeGiven();
      return run.run(
          (detector, progress) -> {
            try (TemporaryClone clone =
                TemporaryClone.of(
                    address.get(), environment.variables(), new CloneProgress(progress))) {
              progress.phase("");
              return scanning.run(detector, clone.repository(), address.get().shown(), progress);
            }
          },
          occasion);
    }
    Path named = repository == null ? null : Path.of(repository);
    var own =
        run.inOwn(
            List.of(named == null ? environment.folder() : environment.folder().resolve(named)));
    return base.governing(own, () -> Repositories.open(environment, named), commits)
        .run(
            (detector, progress) -> {
              GitRepository found = Repositories.open(environment, named);
              return scanning.run(detector, found, Repositories.container(found), progress);
            },
            occasion);
  }

  private Optional<RemoteAddress> address() throws UserFault {
    try {
      return repository == null ? Optional.empty() : RemoteAddress.parse(repository);
    } catch (SourceException e) {
      throw UserFault.of(ExitCode.USAGE, String.valueOf(e.getMessage()), e.hint());
    }
  }

  private ScanResult history(
      Detector detector, GitRepository found, String container, ScanProgress progress)
      throws UserFault, InterruptedException {
    var scanner = wiring.historyScanner(detector, scan.threads());
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
  }

  private int range() throws UserFault, InterruptedException {
    var selection = commits.selection(wiring.console().in());
    return in(
        (detector, found, container, progress) -> {
          try {
            return wiring.rangeScanner(detector).scan(found, container, selection, progress);
          } catch (RangeScanner.UnknownRevisionException e) {
            throw UserFault.of(
                ExitCode.USAGE,
                "no such commit: " + e.getMessage(),
                "git log lists them; a shallow clone may lack it (git fetch --unshallow)");
          }
        },
        ScanRun.Occasion.CHANGE);
  }
}
