package dev.stanch.cli.manual;

import static java.util.Objects.requireNonNull;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// The man page of one command, in the macros of man(7).
public final class ManualPage {
  private final CommandLine command;
  private final String version;
  private final StringBuilder page = new StringBuilder();

  private ManualPage(CommandLine command, String version) {
    this.command = requireNonNull(command, "command");
    this.version = requireNonNull(version, "version");
  }

  /// The name of a command's page, and of its file without the section: `stanch-scan-git`.
  public static String name(CommandLine command) {
    return CommandModel.path(command).replace(' ', '-');
  }

  /// All commands below one and itself, which each have a page.
  public static List<CommandLine> commands(CommandLine root) {
    return CommandModel.all(root).toList();
  }

  /// The page as text.
  public static String of(CommandLine command, String version) {
    return new ManualPage(command, version).text();
  }

  private String text() {
    line(
        ".TH \""
            + name(command).toUpperCase(java.util.Locale.ROOT)
            + "\" 1 \"\" \""
            + escaped(version)
            + "\" \"Stanch\"");
    section("NAME");
    prose(name(command) + " - " + CommandModel.title(command));
    section("SYNOPSIS");
    line(".nf");
    prose(
        new Help(command.getCommandSpec(), Help.defaultColorScheme(Help.Ansi.OFF))
            .synopsis(0)
            .stripTrailing());
    line(".fi");
    section("DESCRIPTION");
    for (String paragraph : command.getCommandSpec().usageMessage().description()) {
      if (paragraph.isEmpty()) {
        line(".PP");
      } else {
        prose(paragraph);
      }
    }
    List<PositionalParamSpec> positional = command.getCommandSpec().positionalParameters();
    if (!positional.isEmpty()) {
      section("ARGUMENTS");
      for (PositionalParamSpec each : positional) {
        entry("\\fI" + escaped(each.paramLabel()) + "\\fR", CommandModel.text(each));
      }
    }
    section("OPTIONS");
    CommandModel.options(command).forEach(this::option);
    List<CommandLine> below = CommandModel.below(command);
    if (!below.isEmpty()) {
      section("COMMANDS");
      for (CommandLine each : below) {
        entry("\\fB" + escaped(name(each)) + "\\fR(1)", CommandModel.title(each));
      }
    }
    section("EXIT STATUS");
    prose("0 clean, 1 findings or actions left to do, 2 usage, 3 incomplete, 4 refused, 70 a bug.");
    examples();
    CommandLine above = command.getParent();
    if (above != null) {
      section("SEE ALSO");
      line("\\fB" + escaped(name(above)) + "\\fR(1)");
    }
    return page.toString();
  }

  private void option(OptionSpec option) {
    var names = new StringBuilder();
    for (String name : option.names()) {
      names.append(names.isEmpty() ? "" : ", ").append("\\fB").append(escaped(name)).append("\\fR");
    }
    if (CommandModel.takesValue(option)) {
      names.append("=\\fI").append(escaped(option.paramLabel())).append("\\fR");
    }
    entry(names.toString(), CommandModel.text(option));
  }

  private void examples() {
    boolean in = false;
    for (String footer : command.getCommandSpec().usageMessage().footer()) {
      if (footer.equals("Examples:")) {
        section("EXAMPLES");
        line(".nf");
        in = true;
      } else if (in) {
        prose(footer);
      }
    }
    if (in) {
      line(".fi");
    }
  }

  private void section(String name) {
    line(".SH " + name);
  }

  private void entry(String term, String text) {
    line(".TP");
    line(term);
    prose(text);
  }

  private void prose(String text) {
    text.lines().forEach(each -> line(escaped(each)));
  }

  private void line(String text) {
    page.append(text).append('\n');
  }

  /// Text that is no macro and no escape.
  private static String escaped(String text) {
    String safe = text.replace("\\", "\\e").replace("-", "\\-");
    return safe.startsWith(".") || safe.startsWith("'") ? "\\&" + safe : safe;
  }
}
