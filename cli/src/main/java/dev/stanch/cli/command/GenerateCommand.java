package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.cli.manual.FishCompletion;
import dev.stanch.cli.manual.ManualPage;
import dev.stanch.cli.manual.ZshCompletion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Writes what belongs to the command line besides itself.
@Command(
    name = "generate",
    description =
        "Writes the completion of a shell, or the man pages, from the same model as this help.",
    footer = {
      "",
      "Examples:",
      "  eval \"$(stanch generate bash)\"",
      "  stanch generate zsh > ~/.zfunc/_stanch",
      "  stanch generate fish > ~/.config/fish/completions/stanch.fish",
      "  stanch generate man --output /usr/local/share/man/man1",
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
public final class GenerateCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "WHAT", description = "One of ${COMPLETION-CANDIDATES}.")
  private What what;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "The folder for the man pages, which are a file for each command.")
  private @Nullable Path output;

  /// What can be written.
  enum What {
    BASH,
    ZSH,
    FISH,
    MAN;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// The command.
  public GenerateCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault {
    CommandLine root = spec.root().commandLine();
    switch (what) {
      case BASH -> print(AutoComplete.bash(root.getCommandName(), root));
      case ZSH -> print(ZshCompletion.of(root));
      case FISH -> print(FishCompletion.of(root));
      case MAN -> pages(root);
    }
    return ExitCode.CLEAN.value();
  }

  private void print(String text) {
    wiring.console().out().print(text);
  }

  private void pages(CommandLine root) throws UserFault {
    Path named = output;
    if (named == null) {
      throw UserFault.of(
          ExitCode.USAGE, "the man pages need a folder", "name it with --output DIR");
    }
    Path folder = wiring.console().environment().folder().resolve(named);
    try {
      Files.createDirectories(folder);
      for (CommandLine each : ManualPage.commands(root)) {
        Files.writeString(
            folder.resolve(ManualPage.name(each) + ".1"),
            ManualPage.of(each, "stanch " + Wiring.version()));
      }
    } catch (IOException e) {
      throw UserFault.of(
          ExitCode.INCOMPLETE,
          "the man pages could not be written: " + e.getClass().getSimpleName(),
          "check the folder and its permissions");
    }
  }
}
