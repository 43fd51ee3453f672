package dev.stanch.cli.command;

import dev.stanch.cli.MissingCommand;
import dev.stanch.cli.Wiring;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// The hooks of a repository.
@Command(
    name = "hook",
    description = "Puts hooks into a repository that look for tokens, or takes them out.",
    footer = {"", "Examples:", "  stanch hook install", "  stanch hook uninstall ../project"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
public final class HookCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  private HookCommand() {}

  /// The command with its subcommands.
  public static CommandLine tree(Wiring wiring) {
    return new CommandLine(new HookCommand())
        .addSubcommand(new HookInstallCommand(wiring))
        .addSubcommand(new HookUninstallCommand(wiring));
  }

  @Override
  public Integer call() {
    throw new MissingCommand(spec.commandLine());
  }
}
