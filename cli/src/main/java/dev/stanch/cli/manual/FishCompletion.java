package dev.stanch.cli.manual;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// Completion for fish: a `complete` for each command, option and value.
public final class FishCompletion {
  private FishCompletion() {}

  /// The file to put among fish's completions, as `stanch.fish`.
  public static String of(CommandLine root) {
    String program = CommandModel.path(root);
    String known =
        CommandModel.all(root)
            .map(each -> quoted(CommandModel.path(each)))
            .collect(Collectors.joining(" "));
    var text = new StringBuilder();
    text.append("# The words of the command that stands on the line.\nfunction __")
        .append(program)
        .append("_command\n  set -l path ")
        .append(program)
        .append("\n  for word in (commandline -opc)[2..-1]\n    if contains -- \"$path $word\" ")
        .append(known)
        .append(
            "\n      set path \"$path $word\"\n    end\n  end\n  echo $path\nend\n\ncomplete -c ")
        .append(program)
        .append(" -f\n");
    CommandModel.all(root).forEach(each -> command(program, each, text));
    return text.toString();
  }

  private static void command(String program, CommandLine command, StringBuilder text) {
    String begin =
        "complete -c "
            + program
            + " -n "
            + quoted(
                "test (__" + program + "_command) = " + quotedTwice(CommandModel.path(command)));
    for (CommandLine each : CommandModel.below(command)) {
      text.append(begin)
          .append(" -a ")
          .append(each.getCommandName())
          .append(" -d ")
          .append(quoted(CommandModel.title(each)))
          .append('\n');
    }
    for (PositionalParamSpec each : command.getCommandSpec().positionalParameters()) {
      if (CommandModel.isFile(each)) {
        text.append(begin).append(" -F\n");
      }
    }
    for (OptionSpec option : CommandModel.options(command)) {
      text.append(begin);
      for (String name : option.names()) {
        text.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^--?", ""));
      }
      text.append(value(option))
          .append(" -d ")
          .append(quoted(CommandModel.text(option)))
          .append('\n');
    }
  }

  private static String value(ArgSpec argument) {
    if (!CommandModel.takesValue(argument)) {
      return "";
    }
    List<String> values = CommandModel.values(argument);
    if (!values.isEmpty()) {
      return " -x -a " + quoted(String.join(" ", values));
    }
    return CommandModel.isFile(argument) ? " -r -F" : " -x";
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  private static String quotedTwice(String text) {
    return "\"" + text + "\"";
  }
}
