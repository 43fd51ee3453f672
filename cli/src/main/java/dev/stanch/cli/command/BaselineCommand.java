package dev.stanch.cli.command;

import dev.stanch.cli.MissingCommand;
import dev.stanch.cli.Wiring;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Keeps the file of accepted findings.
@Command(
    name = "baseline",
    description = "Accepts findings with a reason, an owner and an expiry.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "A baseline holds no token and no path of this machine: it is made to be committed. Where",
      "several people add to it, let git join their lines:",
      "  echo '.stanch-baseline merge=union' >> .gitattributes",
      "",
      "Examples:",
      "  stanch baseline create --reason 'before the clean-up' --expires 2027-01-31",
      "  stanch baseline audit",
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
public final class BaselineCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  private BaselineCommand() {}

  /// The command with its subcommands.
  public static CommandLine tree(Wiring wiring) {
    return new CommandLine(new BaselineCommand())
        .addSubcommand(new BaselineCreateCommand(wiring))
        .addSubcommand(new BaselineUpdateCommand(wiring))
        .addSubcommand(new BaselineAuditCommand(wiring));
  }

  @Override
  public Integer call() {
    throw new MissingCommand(spec.commandLine());
  }
}
