package dev.stanch.cli;

import dev.stanch.cli.command.BaselineCommand;
import dev.stanch.cli.command.DoctorCommand;
import dev.stanch.cli.command.GenerateCommand;
import dev.stanch.cli.command.HookCommand;
import dev.stanch.cli.command.IncidentCommand;
import dev.stanch.cli.command.InventoryCommand;
import dev.stanch.cli.command.MigrateCommand;
import dev.stanch.cli.command.PlanCommand;
import dev.stanch.cli.command.PluginsCommand;
import dev.stanch.cli.command.ProvidersCommand;
import dev.stanch.cli.command.ReportCommand;
import dev.stanch.cli.command.RespondCommand;
import dev.stanch.cli.command.RevokeCommand;
import dev.stanch.cli.command.RotateCommand;
import dev.stanch.cli.command.RulesCommand;
import dev.stanch.cli.command.ScanCommand;
import dev.stanch.cli.command.SuggestCommand;
import dev.stanch.cli.command.VerifyCommand;
import dev.stanch.detectors.source.RepositoryFingerprints;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// Runs a command line through picocli and maps every way it can end to an [ExitCode]: picocli's
/// own code for an exception is 1, which would read as "findings".
final class CommandTree {
  private static final int HELP_WIDTH = 80;

  /// What somebody is told who stands in a repository and names no command.
  private static final List<String> BEGINNING =
      List.of(
          "",
          "This is a git repository. To begin with:",
          "  stanch scan git      finds tokens in all of its history; asks nobody, changes nothing",
          "  stanch hook install  looks at each commit before it is made",
          "  stanch plan          asks providers which tokens are live, and says what to do");

  private CommandTree() {}

  static int execute(Console console, String... args) {
    List<String> arguments = List.of(args);
    // What is generated tells of every command.
    boolean all = arguments.contains("generate");
    return of(console, all ? List.of() : arguments).execute(args);
  }

  /// The whole command model; help texts, the man page and completion come from it too.
  static CommandLine of(Console console) {
    return of(console, List.of());
  }

  /// As much of the model as a command line with these arguments can mean.
  static CommandLine of(Console console, List<String> arguments) {
    var root = new Root(console.environment());
    var messages = new Messages(console.err());
    var wiring = new Wiring(console, root::pluginFolders);
    var tree =
        commands(arguments)
            .below(new CommandLine(root), wiring, arguments)
            .setOut(console.out())
            .setErr(console.err())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setParameterExceptionHandler((fault, _) -> misuse(fault, messages, console))
            .setExecutionStrategy(
                parsed ->
                    wiring
                        .bugs()
                        .ending(new CommandLine.RunLast().execute(parsed), messages, root.detail()))
            .setExecutionExceptionHandler(
                (failure, _, _) -> {
                  if (failure instanceof UserFault fault) {
                    messages.fault(fault);
                    return wiring.bugs().ending(fault.code().value(), messages, root.detail());
                  }
                  messages.bug(failure, root.detail());
                  return ExitCode.BUG.value();
                });
    layOut(tree);
    return tree;
  }

  private static Subcommands commands(List<String> arguments) {
    List<String> rest = arguments.stream().skip(1).toList();
    return new Subcommands()
        .with("scan", wiring -> ScanCommand.tree(wiring, rest))
        .with("verify", VerifyCommand::new)
        .with("plan", PlanCommand::new)
        .with("revoke", RevokeCommand::new)
        .with("rotate", RotateCommand::new)
        .with("respond", RespondCommand::new)
        .with("incident", IncidentCommand::tree)
        .with("inventory", InventoryCommand::new)
        .with("suggest", SuggestCommand::new)
        .with("report", ReportCommand::new)
        .with("baseline", BaselineCommand::tree)
        .with("rules", RulesCommand::tree)
        .with("providers", ProvidersCommand::tree)
        .with("plugins", PluginsCommand::tree)
        .with("hook", HookCommand::tree)
        .with("migrate", MigrateCommand::new)
        .with("doctor", DoctorCommand::new)
        .with("generate", GenerateCommand::new);
  }

  /// The same shape for every help text.
  private static void layOut(CommandLine command) {
    var usage = command.getCommandSpec().usageMessage();
    usage.descriptionHeading("%n");
    usage.parameterListHeading("%nArguments:%n");
    usage.optionListHeading("%nOptions:%n");
    usage.commandListHeading("%nCommands:%n");
    usage.autoWidth(false);
    usage.width(HELP_WIDTH);
    command.getSubcommands().values().forEach(CommandTree::layOut);
  }

  private static int misuse(ParameterException fault, Messages messages, Console console) {
    var command = fault.getCommandLine();
    if (fault instanceof MissingCommand) {
      shortHelp(command);
      if (command.getParent() == null
          && RepositoryFingerprints.checkoutAround(console.environment().folder()).isPresent()) {
        BEGINNING.forEach(command.getErr()::println);
        command.getErr().flush();
      }
      return ExitCode.USAGE.value();
    }
    var misuse = new Misuse(fault);
    messages.error(misuse.sentence());
    messages.hint(misuse.hint());
    return ExitCode.USAGE.value();
  }

  private static void shortHelp(CommandLine command) {
    String name = command.getCommandSpec().qualifiedName();
    var err = command.getErr();
    err.println("usage: " + name + " COMMAND [OPTIONS]");
    err.println();
    err.print(command.getHelp().commandList());
    err.println();
    err.println("hint: " + name + " COMMAND --help explains a command");
    err.flush();
  }
}
