package dev.stanch.cli.command;

import dev.stanch.cli.MissingCommand;
import dev.stanch.cli.Wiring;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Works with the journal.
@Command(
    name = "incident",
    description = "Shows incidents and brings them forward.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  stanch incident list",
      "  stanch incident show --check",
      "  stanch incident resume",
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
public final class IncidentCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  private IncidentCommand() {}

  /// The command with its subcommands.
  public static CommandLine tree(Wiring wiring) {
    return new CommandLine(new IncidentCommand())
        .addSubcommand(new IncidentListCommand(wiring))
        .addSubcommand(new IncidentShowCommand(wiring))
        .addSubcommand(new IncidentResumeCommand(wiring))
        .addSubcommand(new IncidentSupplyCommand(wiring))
        .addSubcommand(new IncidentPauseCommand(wiring))
        .addSubcommand(new IncidentUndoCommand(wiring))
        .addSubcommand(new IncidentRecoverCommand(wiring))
        .addSubcommand(new IncidentExportCommand(wiring));
  }

  @Override
  public Integer call() {
    throw new MissingCommand(spec.commandLine());
  }
}
