package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.detectors.scan.Detector;
import dev.stanch.detectors.scan.ScanProgress;
import dev.stanch.detectors.scan.ScanResult;
import dev.stanch.detectors.source.SourceException;
import dev.stanch.detectors.source.github.GitHubRepository;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Scans repositories at GitHub.
@Command(
    name = "github",
    description =
        "Finds tokens at GitHub: history, issues, pull requests, reviews, discussions, gists, logs"
            + " of Actions.",
    footer = {
      "",
      "Repositories are cloned one by one, into a folder that goes before the next one comes.",
      "Variables are read too; the values of secrets are shown to nobody, their names and ages are",
      "listed. A run that was stopped goes on where it was, and what has not changed since the",
      "last run is not read again (--verify, --show-tokens and --config read everything).",
      "",
      "GH_TOKEN or GITHUB_TOKEN is the credential, for a server of one's own GH_ENTERPRISE_TOKEN"
          + " or",
      "GITHUB_ENTERPRISE_TOKEN, or else what `gh auth login` keeps in its file.",
      "A GitHub App is one too: GITHUB_APP_ID with GITHUB_APP_PRIVATE_KEY_FILE or,",
      "the key itself, GITHUB_APP_PRIVATE_KEY; GITHUB_APP_INSTALLATION_ID where there",
      "are several; for a server of one's own GITHUB_ENTERPRISE_APP_ID and so on. The",
      "key signs here and is sent nowhere.",
      "GH_HOST and GITHUB_API_URL count where the configuration allows their host.",
      "",
      "Examples:",
      "  stanch scan github acme/app",
      "  stanch scan github acme --archived --exclude 'acme/legacy-*'",
      "  stanch scan github acme --exposed-since 2026-07-16 --format jsonl",
      "  stanch scan github acme/app --logs 90",
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class ScanGithubCommand implements Callable<Integer> {
  /// Where in the state folder earlier runs are remembered.
  private static final String KIND = "github";

  private final Wiring wiring;

  @Parameters(
      paramLabel = "OWNER[/REPO]",
      description = "Every repository of a user or an organization, or the one that is named.")
  private String name;

  @Option(names = "--archived", description = "Archived repositories as well.")
  private boolean archived;

  @Option(names = "--forks", description = "Forks as well.")
  private boolean forks;

  @Option(
      names = "--include",
      paramLabel = "PATTERN",
      description = "Only repositories of this form, such as acme/app-*; may be repeated.")
  private List<String> included = List.of();

  @Option(
      names = "--exclude",
      paramLabel = "PATTERN",
      description = "No repositories of this form; may be repeated.")
  private List<String> excluded = List.of();

  @Option(
      names = "--logs",
      paramLabel = "DAYS",
      description = "The logs of Actions of so many days as well, up to 64 MiB of each.")
  private int logDays;

  @Option(
      names = "--again",
      description = "Reads everything again, changed since the last run or not.")
  private boolean again;

  @Mixin private ExposureOptions exposure;
  @Mixin private ScanOptions scan;
  @Mixin private ScanOnlyOptions only;
  @Mixin private ReportOptions report;

  ScanGithubCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault, InterruptedException {
    if (logDays < 0) {
      throw UserFault.of(ExitCode.USAGE, "--logs takes a number of days", "such as --logs 30");
    }
    return new ScanRun(wiring, scan, only, report).judging(exposure).run(this::scan);
  }

  private ScanResult scan(Detector detector, ScanProgress progress)
      throws UserFault, SourceException, InterruptedException {
    // What may need the token itself is not answered from memory.
    boolean inHand =
        again
            || only.verify()
            || only.showTokens()
            || !only.suppression().baselines().isEmpty()
            || scan.config() != null;
    try (var github = GitHubScan.open(wiring, detector, progress, scan.threads())) {
      ScanMemory memory = inHand ? ScanMemory.none() : ScanMemory.of(wiring, KIND, detector);
      if (logDays > 0) {
        Instant now = wiring.console().environment().clock().instant();
        github.readLogs(now.minus(logDays, ChronoUnit.DAYS));
      }
      progress.phase("asking GitHub for " + name);
      return name.contains("/")
          ? github.run(List.of(github.api().repository(name)), List.of(), memory)
          : github.run(
              github.api().repositories(name).stream().filter(this::wanted).toList(),
              List.of(name),
              memory);
    }
  }

  private boolean wanted(GitHubRepository repository) {
    return (archived || !repository.archived())
        && (forks || !repository.fork())
        && (included.isEmpty() || included.stream().anyMatch(form -> fits(form, repository)))
        && excluded.stream().noneMatch(form -> fits(form, repository));
  }

  private static boolean fits(String form, GitHubRepository repository) {
    return FileSystems.getDefault()
        .getPathMatcher("glob:" + form)
        .matches(Path.of(repository.name()));
  }
}
