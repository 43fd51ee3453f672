package dev.stanch.cli.command;

import dev.stanch.cli.Environment;
import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.cli.ci.CiCheckout;
import dev.stanch.cli.ci.CiEvent;
import dev.stanch.cli.ci.CiEvent.Author;
import dev.stanch.cli.ci.CiEvent.Change;
import dev.stanch.cli.ci.CiEvent.Everything;
import dev.stanch.cli.ci.CiEvent.Nothing;
import dev.stanch.cli.ci.CiEvent.Point;
import dev.stanch.cli.ci.CiJob;
import dev.stanch.cli.ci.GitHubAnswer;
import dev.stanch.cli.command.ScanConfiguration.Agreed;
import dev.stanch.cli.command.ScanConfiguration.Markers;
import dev.stanch.cli.report.Report;
import dev.stanch.cli.report.ReportFormat;
import dev.stanch.cli.report.Tokens;
import dev.stanch.detectors.scan.HistoryScanner;
import dev.stanch.detectors.scan.RangeScanner;
import dev.stanch.detectors.source.SourceException;
import dev.stanch.detectors.source.git.CommitFiles;
import dev.stanch.detectors.source.git.GitRepository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Scans what the event brings that a CI job runs for.
@Command(
    name = "ci",
    description = {
      "Finds tokens in what the event brings that this CI job runs for.",
      "",
      "Knows GitHub Actions and GitLab CI by their variables: of a pull request its commits, of a"
          + " push what is new, of a schedule or a run by hand everything. Settings count as they"
          + " stand in the base branch; what a fork says may stand does not count. Nothing is"
          + " checked out; history that lacks is fetched. At GitHub annotations, the job's summary"
          + " and the outputs count and worst are written too."
    },
    footer = {
      "",
      "Examples:",
      "  stanch scan ci",
      "  stanch scan ci --write sarif=stanch.sarif",
      "  stanch scan ci --write gitlab=gl-secret-detection-report.json",
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class ScanCiCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Parameters(
      arity = "0..1",
      paramLabel = "CHECKOUT",
      defaultValue = ".",
      description = "The checkout of the job; this folder when left out.")
  private Path checkout;

  @Option(
      names = "--range",
      paramLabel = "A..B",
      description = "Only what the commits bring that B has and A has not, whatever the event.")
  private @Nullable String range;

  @Option(
      names = "--write",
      paramLabel = "FORMAT=FILE",
      description = "Writes the report to FILE as well; may be repeated.")
  private Map<ReportFormat, Path> files = new TreeMap<>();

  @Mixin private ScanOptions scan;
  @Mixin private SuppressionOptions suppression;

  ScanCiCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault, InterruptedException {
    Environment environment = wiring.console().environment();
    CiJob job = CiJob.of(environment);
    CiEvent event = job.event(environment);
    Path folder = environment.folder().resolve(checkout);
    var history = CiCheckout.of(folder);
    var run =
        new ScanRun(
                wiring,
                scan,
                ScanOnlyOptions.suppressing(suppression),
                ReportOptions.toStandardOutput(ReportFormat.TEXT))
            .inOwn(List.of(folder))
            .deliveredTo(report -> deliver(report, job, folder));
    return switch (event) {
      case Nothing nothing -> nothing(nothing, job, folder);
      case Change change -> change(change, history, folder, run);
      case Everything everything -> everything(everything, history, folder, run);
    };
  }

  private int nothing(Nothing event, CiJob job, Path folder) throws UserFault {
    wiring.console().out().println("nothing to scan: a ref has gone (" + event.name() + ")");
    if (job == CiJob.GITHUB) {
      written(() -> answer(folder).tellNothing());
    }
    return ExitCode.CLEAN.value();
  }

  private int change(Change event, CiCheckout history, Path folder, ScanRun run)
      throws UserFault, InterruptedException {
    String head = history.head(event.head());
    Optional<String> since = history.first(event.since());
    history.complete(head, since);
    SettingsTree base = settings(history, event.base(), folder);
    boolean ours = event.author() == Author.OURS;
    RangeScanner.Selection selection =
        range == null
            ? (_, _) -> new RangeScanner.Ends(Set.of(head), since.map(Set::of).orElse(Set.of()))
            : CommitOptions.between(range);
    return range(
        selection,
        folder,
        run.under(
            new Agreed(
                base,
                ours ? Optional.of(commit(folder, head)) : Optional.empty(),
                ours ? Markers.COUNT_AS_CHANGE : Markers.IGNORED)));
  }

  private int range(RangeScanner.Selection selection, Path folder, ScanRun run)
      throws UserFault, InterruptedException {
    return run.run(
        (detector, progress) -> {
          GitRepository repository = GitRepository.find(folder, Map.of());
          try {
            return wiring
                .rangeScanner(detector)
                .scan(repository, Repositories.container(repository), selection, progress);
          } catch (RangeScanner.UnknownRevisionException e) {
            throw UserFault.of(
                ExitCode.USAGE,
                "no such commit: " + e.getMessage(),
                "check out the history it stands in");
          }
        },
        ScanRun.Occasion.CHANGE);
  }

  private int everything(Everything event, CiCheckout history, Path folder, ScanRun run)
      throws UserFault, InterruptedException {
    ScanRun governed =
        run.under(
            new Agreed(settings(history, event.base(), folder), Optional.empty(), Markers.COUNT));
    if (range != null) {
      return range(CommitOptions.between(range), folder, governed);
    }
    history.everything();
    return governed.run(
        (detector, progress) -> {
          GitRepository repository = GitRepository.find(folder, Map.of());
          return wiring
              .historyScanner(detector, scan.threads())
              .scan(
                  repository,
                  Repositories.container(repository),
                  HistoryScanner.Scope.REACHABLE,
                  progress);
        });
  }

  /// The settings of the first commit that can be had; none where there was nothing before.
  private static SettingsTree settings(CiCheckout history, List<Point> base, Path folder)
      throws UserFault, InterruptedException {
    Optional<String> commit = history.first(base);
    if (commit.isPresent()) {
      return commit(folder, commit.get());
    }
    return new NoSettings();
  }

  private static CommitSettings commit(Path folder, String id) throws UserFault {
    try {
      return new CommitSettings(
          CommitFiles.of(GitRepository.find(folder, Map.of()), id)
              .orElseThrow(
                  () ->
                      UserFault.of(
                          ExitCode.INCOMPLETE,
                          "not a commit: " + id,
                          "a pushed tag leads to something else, which nobody looked into")));
    } catch (SourceException e) {
      throw UserFault.of(ExitCode.INCOMPLETE, String.valueOf(e.getMessage()), e.hint());
    }
  }

  // ---- the report

  private void deliver(Report report, CiJob job, Path folder) throws UserFault {
    var text = wiring.reportWriter(ReportFormat.TEXT, true, Tokens.HIDDEN);
    written(
        () -> {
          for (var file : files.entrySet()) {
            ReportOptions.replace(
                wiring.console().environment().folder().resolve(file.getValue()),
                ReportOptions.Readers.ANYBODY,
                out -> wiring.reportWriter(file.getKey(), false, Tokens.HIDDEN).write(report, out));
          }
          switch (job) {
            case GITHUB -> answer(folder).tell(report, text);
            case GITLAB -> text.write(report, wiring.console().out());
          }
        });
  }

  private GitHubAnswer answer(Path folder) {
    return new GitHubAnswer(
        wiring.console().environment(), folder, wiring.random(), wiring.console().out());
  }

  /// Something that is written.
  private interface Writing {
    void write() throws IOException;
  }

  private static void written(Writing writing) throws UserFault {
    try {
      writing.write();
    } catch (IOException e) {
      throw UserFault.of(
          ExitCode.INCOMPLETE,
          "the result could not be written: " + e.getClass().getSimpleName(),
          "check the folders, their permissions and the space left");
    }
  }
}
