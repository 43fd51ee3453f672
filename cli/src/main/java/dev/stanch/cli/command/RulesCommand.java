package dev.stanch.cli.command;

import dev.stanch.cli.MissingCommand;
import dev.stanch.cli.Wiring;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// The catalogue of rules.
@Command(
    name = "rules",
    description = "Lists, shows and checks rules.",
    footer = {
      "",
      "Examples:",
      "  stanch rules list --provider huggingface",
      "  stanch rules show huggingface-user-token",
      "  stanch rules check my-rules.yml",
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
public final class RulesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  private RulesCommand() {}

  /// The command with its subcommands.
  public static CommandLine tree(Wiring wiring) {
    return new CommandLine(new RulesCommand())
        .addSubcommand(new RulesListCommand(wiring))
        .addSubcommand(new RulesShowCommand(wiring))
        .addSubcommand(new RulesCheckCommand(wiring));
  }

  @Override
  public Integer call() {
    throw new MissingCommand(spec.commandLine());
  }
}
