package dev.stanch.cli.manual;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Completion for zsh: a function for each command, by its `_arguments`.
public final class ZshCompletion {
  private ZshCompletion() {}

  /// The file to put on the `fpath`, as `_stanch`.
  public static String of(CommandLine root) {
    String program = CommandModel.path(root);
    return "#compdef "
        + program
        + "\n\n"
        + CommandModel.all(root).map(ZshCompletion::function).collect(Collectors.joining("\n"))
        // Read from fpath, the file is the function; read by eval, it has to be told.
        + "\nif [[ $funcstack[1] = _"
        + program
        + " ]]; then\n  _"
        + program
        + " \"$@\"\nelse\n  compdef _"
        + program
        + " "
        + program
        + "\nfi\n";
  }

  private static String name(CommandLine command) {
    return "_" + CommandModel.path(command).replace(' ', '_').replace('-', '_');
  }

  private static String function(CommandLine command) {
    List<CommandLine> below = CommandModel.below(command);
    var text = new StringBuilder(name(command) + "() {\n");
    text.append(
        "  local context state state_descr line\n  typeset -A opt_args\n  _arguments -s -S -C");
    for (OptionSpec option : CommandModel.options(command)) {
      text.append(" \\\n    ").append(option(option));
    }
    if (below.isEmpty()) {
      command
          .getCommandSpec()
          .positionalParameters()
          .forEach(
              each ->
                  text.append(" \\\n    ")
                      .append(quoted("*:" + each.paramLabel() + ":" + action(each))));
      return text.append("\n}\n").toString();
    }
    text.append(" \\\n    '1:command:->command' \\\n    '*::argument:->below'\n");
    text.append("  case $state in\n    command)\n      local -a commands=(\n");
    for (CommandLine each : below) {
      text.append("        ")
          .append(
              quoted(each.getCommandName() + ":" + CommandModel.title(each).replace(":", "\\:")))
          .append('\n');
    }
    text.append(
        "      )\n      _describe command commands ;;\n    below)\n      case $words[1] in\n");
    for (CommandLine each : below) {
      text.append("        ")
          .append(each.getCommandName())
          .append(") ")
          .append(name(each))
          .append(" ;;\n");
    }
    return text.append("      esac ;;\n  esac\n}\n").toString();
  }

  private static String option(OptionSpec option) {
    String[] names = option.names();
    boolean value = CommandModel.takesValue(option);
    String described =
        "[" + CommandModel.text(option).replaceAll("([\\[\\]:\\\\])", "\\\\$1") + "]";
    String rest =
        described
            + (value ? ":" + option.paramLabel().replace(":", "\\:") + ":" + action(option) : "");
    String repeated = option.isMultiValue() ? "*" : "";
    String spelt =
        Stream.of(names)
            .map(each -> each + (value && each.startsWith("--") ? "=" : ""))
            .collect(Collectors.joining(","));
    String excluded = option.isMultiValue() ? "" : "(" + String.join(" ", names) + ")";
    return names.length == 1
        ? quoted(repeated + excluded + spelt + rest)
        : quoted(repeated + excluded) + "{" + spelt + "}" + quoted(rest);
  }

  private static String action(ArgSpec argument) {
    List<String> values = CommandModel.values(argument);
    if (!values.isEmpty()) {
      return "(" + String.join(" ", values) + ")";
    }
    return CommandModel.isFile(argument) ? "_files" : " ";
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
