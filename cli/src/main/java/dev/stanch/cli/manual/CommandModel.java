package dev.stanch.cli.manual;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/// What generators ask of the model.
final class CommandModel {
  private CommandModel() {}

  /// A command and all below it, each once, parents first.
  static Stream<CommandLine> all(CommandLine command) {
    return Stream.concat(Stream.of(command), below(command).stream().flatMap(CommandModel::all));
  }

  /// The commands right below one, each once.
  static List<CommandLine> below(CommandLine command) {
    return List.copyOf(new LinkedHashSet<>(command.getSubcommands().values()));
  }

  /// The words that name a command, the program's among them: `stanch scan git`.
  static String path(CommandLine command) {
    return command.getCommandSpec().qualifiedName(" ");
  }

  /// The first sentence of a description.
  static String title(CommandLine command) {
    String[] lines = command.getCommandSpec().usageMessage().description();
    return lines.length == 0 ? "" : lines[0];
  }

  static List<OptionSpec> options(CommandLine command) {
    return command.getCommandSpec().options().stream().filter(each -> !each.hidden()).toList();
  }

  /// A description in one line, with its variables filled in.
  static String text(ArgSpec argument) {
    return String.join(" ", argument.description());
  }

  /// The values that an argument may have; none where it may have any.
  static List<String> values(ArgSpec argument) {
    var values = new ArrayList<String>();
    if (argument.completionCandidates() != null) {
      argument.completionCandidates().forEach(values::add);
    }
    return values;
  }

  /// Whether an argument is the name of a file or a folder.
  static boolean isFile(ArgSpec argument) {
    Class<?> type =
        argument.auxiliaryTypes().length > 0 ? argument.auxiliaryTypes()[0] : argument.type();
    return type == java.nio.file.Path.class;
  }

  static boolean takesValue(ArgSpec argument) {
    return argument.arity().max() > 0;
  }
}
