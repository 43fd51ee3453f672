package dev.stanch.cli;

import dev.stanch.cli.command.ScanCommand;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// Runs a command line through picocli and maps every way it can end to an [ExitCode]: picocli's
/// own code for an exception is 1, which would read as "findings".
final class CommandTree {
  private CommandTree() {}

  static int execute(Console console, String... args) {
    return of(console).execute(args);
  }

  /// The whole command model; help texts, the man page and completion come from it too.
  static CommandLine of(Console console) {
    var root = new Root(console.environment());
    var messages = new Messages(console.err());
    var wiring = new Wiring(console);
    return new CommandLine(root)
        .addSubcommand(ScanCommand.tree(wiring))
        .setOut(console.out())
        .setErr(console.err())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((fault, _) -> misuse(fault, messages))
        .setExecutionExceptionHandler(
            (failure, _, _) -> {
              if (failure instanceof UserFault fault) {
                messages.fault(fault);
                return fault.code().value();
              }
              messages.bug(failure, root.detail());
              return ExitCode.BUG.value();
            });
  }

  private static int misuse(ParameterException fault, Messages messages) {
    var command = fault.getCommandLine();
    messages.error(sentence(fault));
    if (!CommandLine.UnmatchedArgumentException.printSuggestions(fault, command.getErr())) {
      messages.hint(command.getCommandSpec().qualifiedName() + " --help lists the options");
    }
    return ExitCode.USAGE.value();
  }

  private static String sentence(ParameterException fault) {
    var text = String.valueOf(fault.getMessage());
    return Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }
}
