package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.detectors.baseline.Baseline;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.scan.ScanResult;
import dev.stanch.detectors.source.RepositoryFingerprints;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Accepts what a baseline does not name yet.
@Command(
    name = "update",
    description = "Accepts what stands in SOURCE and is not in the baseline yet.",
    footer = {
      "",
      "Examples:",
      "  stanch baseline update --reason 'fixtures of the new parser' --owner ann",
      "  stanch baseline update --prune --reason 'none new'",
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class BaselineUpdateCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Mixin private SourceOptions source;
  @Mixin private BaselineFile file;
  @Mixin private BaselineEntryOptions entries;

  @Option(names = "--prune", description = "Drops entries that nothing in SOURCE needs any more.")
  private boolean prune;

  BaselineUpdateCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault, InterruptedException {
    Path path = file.path(wiring, source);
    Baseline old = ScanConfiguration.read(path, String.valueOf(path.getFileName()));
    return accept(wiring, source, entries, old, path, prune).value();
  }

  static ExitCode accept(
      Wiring wiring,
      SourceOptions source,
      BaselineEntryOptions options,
      Baseline old,
      Path path,
      boolean prune)
      throws UserFault, InterruptedException {
    LocalDate today = BaselineFile.today(wiring);
    var matcher = new Baseline.Matcher(old);
    var repositories = new RepositoryFingerprints();
    var added = new ArrayList<Baseline.Entry>();
    ScanConfiguration configuration = source.configuration(wiring, path);
    double least = source.minConfidence(configuration);
    try (ScanResult result = source.scan(wiring, configuration)) {
      if (result.state() == ScanResult.State.INTERRUPTED) {
        wiring.messages().warning("interrupted: the baseline stays as it was");
        return ExitCode.INCOMPLETE;
      }
      for (HeldFinding one : result.findings()) {
        var held = new HeldFinding(configuration.apply(one), one.secret());
        if (held.finding().confidence() < least) {
          continue;
        }
        for (String where : BaselineFile.openPaths(held, repositories)) {
          if (matcher.of(held, where).stream().allMatch(entry -> entry.expired(today))) {
            added.add(
                old.entry(
                    held, where, options.reason(), options.owner(), options.expires(), today));
          }
        }
      }
    }
    var kept = new ArrayList<>(old.entries());
    if (prune) {
      kept.retainAll(matcher.used());
    }
    int dropped = old.entries().size() - kept.size();
    kept.addAll(added);
    BaselineFile.write(old.with(kept), path);
    wiring
        .console()
        .out()
        .println(
            path.getFileName()
                + ": "
                + added.size()
                + " added, "
                + dropped
                + " dropped, "
                + kept.size()
                + " in all");
    return ExitCode.CLEAN;
  }
}
