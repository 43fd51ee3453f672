package dev.stanch.cli.command;

import dev.stanch.cli.MissingCommand;
import dev.stanch.cli.Wiring;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Providers of others.
@Command(
    name = "plugins",
    description = {
      "Adds providers that do not come with Stanch: jars and descriptors in"
          + " ~/.config/stanch/plugins and in the folders of --plugins.",
      "The folders must be your own, and a file counts only as it was when you trusted it."
    },
    footer = {
      "",
      "Examples:",
      "  stanch plugins list",
      "  stanch plugins trust ~/.config/stanch/plugins/acme.jar",
      "  stanch plugins untrust acme.jar",
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
public final class PluginsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  private PluginsCommand() {}

  /// The command with its subcommands.
  public static CommandLine tree(Wiring wiring) {
    return new CommandLine(new PluginsCommand())
        .addSubcommand(new PluginsListCommand(wiring))
        .addSubcommand(new PluginsTrustCommand(wiring))
        .addSubcommand(new PluginsUntrustCommand(wiring));
  }

  @Override
  public Integer call() {
    throw new MissingCommand(spec.commandLine());
  }
}
