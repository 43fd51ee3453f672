package dev.stanch.cli.command;

import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.detectors.source.stream.StreamSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Scans standard input.
@Command(
    name = "stdin",
    description = "Finds tokens in what is piped in.",
    footer = {
      "",
      "Examples:",
      "  git diff | stanch scan stdin",
      "  kubectl logs my-pod | stanch scan stdin --format jsonl",
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class ScanStdinCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Mixin private ScanOptions scan;
  @Mixin private ScanOnlyOptions only;
  @Mixin private ReportOptions report;

  ScanStdinCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault, InterruptedException {
    var console = wiring.console();
    var in = new PumpedInput(console.in(), console.environment().interruption()::requested);
    return new ScanRun(wiring, scan, only, report)
        .inOwn(List.of(console.environment().folder()))
        .run(new StreamSource("standard input", in));
  }
}
