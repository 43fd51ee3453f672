package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.detectors.baseline.Baseline;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.scan.ScanResult;
import dev.stanch.detectors.source.RepositoryFingerprints;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Says what in a baseline has rotted.
@Command(
    name = "audit",
    description = "Lists entries that are unused, expired, or without reason or owner.",
    footer = {
      "",
      "Exit code 1 means that an entry is unused or expired.",
      "",
      "Examples:",
      "  stanch baseline audit",
      "  stanch baseline audit dir:. --baseline accepted.jsonl",
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class BaselineAuditCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Mixin private SourceOptions source;
  @Mixin private BaselineFile file;

  BaselineAuditCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault, InterruptedException {
    Path path = file.path(wiring, source);
    Baseline baseline = ScanConfiguration.read(path, String.valueOf(path.getFileName()));
    LocalDate today = BaselineFile.today(wiring);
    var matcher = new Baseline.Matcher(baseline);
    var repositories = new RepositoryFingerprints();
    boolean complete;
    try (ScanResult result = source.scan(wiring, source.configuration(wiring, path))) {
      complete = result.state() == ScanResult.State.COMPLETE;
      for (HeldFinding held : result.findings()) {
        held.finding().places().stream()
            .map(repositories::path)
            .distinct()
            .forEach(where -> matcher.of(held, where));
      }
    }
    PrintWriter out = wiring.console().out();
    var used = matcher.used();
    int rotten = 0;
    for (Baseline.Entry entry : baseline.entries()) {
      boolean expired = entry.expired(today);
      boolean unused = !used.contains(entry);
      String state =
          unused ? "unused" : expired ? "expired" : entry.reason().isEmpty() ? "no reason" : "";
      if (state.isEmpty() && entry.owner().isEmpty()) {
        state = "no owner";
      }
      if (unused || expired) {
        rotten++;
      }
      if (!state.isEmpty()) {
        out.println(
            state
                + "  "
                + entry.rule()
                + "  "
                + (entry.path().isEmpty() ? "(no path)" : entry.path())
                + "  accepted "
                + entry.accepted()
                + (entry.expires() == null ? "" : ", until " + entry.expires())
                + (entry.reason().isEmpty() ? "" : ": " + entry.reason()));
      }
    }
    out.println(baseline.entries().size() + " entries, " + rotten + " unused or expired");
    if (rotten > 0) {
      wiring.messages().hint("stanch baseline update --prune drops what is unused");
      return ExitCode.FINDINGS.value();
    }
    return (complete ? ExitCode.CLEAN : ExitCode.INCOMPLETE).value();
  }
}
