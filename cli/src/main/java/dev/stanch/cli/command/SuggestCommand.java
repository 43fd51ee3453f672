package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.cli.report.PlanReport;
import dev.stanch.revokers.plan.Step;
import dev.stanch.revokers.run.Providers;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Names the smallest replacement of each token.
@Command(
    name = "suggest",
    description = "Names the least-privilege replacement of each token. Changes nothing.",
    footer = {"", "Examples:", "  stanch suggest", "  stanch suggest dir:."})
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
public final class SuggestCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Mixin private InputOptions input;

  /// The command.
  public SuggestCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault, InterruptedException {
    try (Providers providers = wiring.providers();
        Gathered gathered = Gathered.of(wiring, input)) {
      var report = new PlanReport(wiring.console().out());
      for (Step step : Draft.of(wiring, gathered, input, providers).plan().steps()) {
        report.advice(step);
      }
      wiring.console().out().flush();
      return ExitCode.CLEAN.value();
    }
  }
}
