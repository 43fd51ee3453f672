package dev.stanch.cli.command;

import dev.stanch.cli.MissingCommand;
import dev.stanch.cli.Wiring;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// The providers.
@Command(
    name = "providers",
    description = "Says what can be done at which provider.",
    footer = {"", "Example:", "  stanch providers list"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
public final class ProvidersCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  private ProvidersCommand() {}

  /// The command with its subcommands.
  public static CommandLine tree(Wiring wiring) {
    return new CommandLine(new ProvidersCommand()).addSubcommand(new ProvidersListCommand(wiring));
  }

  @Override
  public Integer call() {
    throw new MissingCommand(spec.commandLine());
  }
}
