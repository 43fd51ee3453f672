package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Stops every process that works on an incident.
@Command(
    name = "pause",
    description =
        "Stops every process that works on an incident, within seconds; calls under way end first."
            + " 'incident resume' goes on.",
    footer = {"", "Examples:", "  stanch incident pause i3kd8w2ma"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class IncidentPauseCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Mixin private IncidentOptions which;

  IncidentPauseCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault, InterruptedException {
    return which.with(
        wiring,
        incident -> {
          incident.pause();
          return ExitCode.CLEAN.value();
        });
  }
}
