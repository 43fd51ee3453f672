package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.revokers.plan.Step;
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

  @Mixin private SourceOptions source;

  /// The command.
  public SuggestCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault, InterruptedException {
    return Incident.run(
        wiring,
        source,
        (incident, _) -> {
          var text = new PlanText(wiring.console().out());
          for (Step step : incident.plan().steps()) {
            step.replacement()
                .ifPresent(
                    advice -> {
                      text.head("replace", step);
                      text.places(step.places());
                      text.advice(advice);
                    });
          }
          wiring.console().out().flush();
          return ExitCode.CLEAN.value();
        });
  }
}
