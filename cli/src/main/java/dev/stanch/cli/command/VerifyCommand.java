package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.cli.report.Report;
import dev.stanch.cli.report.ReportedVerification;
import dev.stanch.cli.report.VerdictReport;
import dev.stanch.detectors.model.TokenId;
import dev.stanch.detectors.scan.ScanResult;
import dev.stanch.revokers.plan.Planner;
import dev.stanch.revokers.run.Inquiry;
import dev.stanch.revokers.run.Providers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Asks providers which tokens are live.
@Command(
    name = "verify",
    description = "Asks each token's own provider whether it is live. Changes nothing.",
    footer = {
      "",
      "Examples:",
      "  stanch verify",
      "  stanch verify dir:deploy --format sarif --output verified.sarif",
      "  stanch verify gitleaks.json"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
public final class VerifyCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Mixin private InputOptions input;
  @Mixin private ReportOptions reportOptions;

  /// The command.
  public VerifyCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault, InterruptedException {
    Instant started =
        wiring.console().environment().clock().instant().truncatedTo(ChronoUnit.MILLIS);
    try (Providers providers = wiring.providers();
        Gathered gathered = Gathered.of(wiring, input)) {
      List<Planner.Verified> answers =
          new Questions(wiring, input.scan())
              .ask(gathered, gathered.verifiable(input), providers, Inquiry.Depth.VERDICT);
      providers.skews().forEach(wiring.messages()::warning);
      Report report = report(gathered, answers, started);
      reportOptions.write(report, new VerdictReport(), wiring);
      return ending(report, answers).value();
    }
  }

  private Report report(Gathered gathered, List<Planner.Verified> answers, Instant started)
      throws UserFault {
    Instant now = wiring.console().environment().clock().instant().truncatedTo(ChronoUnit.SECONDS);
    var said = new HashMap<TokenId, ReportedVerification>();
    for (Planner.Verified answer : answers) {
      said.put(answer.finding().token(), ReportedVerification.of(answer.verification(), now));
    }
    return gathered.report(said, started);
  }

  /// A token of which nobody knows that it is dead is one to do something about.
  private static ExitCode ending(Report report, List<Planner.Verified> answers) {
    if (report.summary().state() == ScanResult.State.INTERRUPTED) {
      return ExitCode.INCOMPLETE;
    }
    if (answers.stream().anyMatch(answer -> !answer.verification().dead())) {
      return ExitCode.FINDINGS;
    }
    return report.summary().state() == ScanResult.State.COMPLETE
        ? ExitCode.CLEAN
        : ExitCode.INCOMPLETE;
  }
}
