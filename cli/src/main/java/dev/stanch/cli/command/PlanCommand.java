package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Says what would be done.
@Command(
    name = "plan",
    description = "Says what would be done about each token, and in which order. Changes nothing.",
    footer = {"", "Examples:", "  stanch plan", "  stanch plan git:../project"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
public final class PlanCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Mixin private SourceOptions source;

  /// The command.
  public PlanCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault, InterruptedException {
    return Incident.run(
        wiring,
        source,
        (incident, _) -> {
          new PlanText(wiring.console().out()).plan(incident.plan());
          wiring.console().out().flush();
          return (incident.plan().steps().isEmpty() ? ExitCode.CLEAN : ExitCode.FINDINGS).value();
        });
  }
}
