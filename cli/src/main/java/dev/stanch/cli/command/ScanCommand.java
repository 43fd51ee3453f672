package dev.stanch.cli.command;

import dev.stanch.cli.MissingCommand;
import dev.stanch.cli.Wiring;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Looks for tokens in a source; the subcommands are the sources.
@Command(
    name = "scan",
    description =
        "Finds tokens in files, history, containers, environments, clusters, at GitHub or Hugging"
            + " Face.",
    synopsisSubcommandLabel = "SOURCE",
    footer = {
      "",
      "Examples:",
      "  stanch scan git",
      "  stanch scan dir .",
      "  git diff | stanch scan stdin",
      "  stanch scan dir --format jsonl --output findings.jsonl src test",
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
public final class ScanCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  private ScanCommand() {}

  /// The command with its subcommands: one line for each source.
  public static CommandLine tree(Wiring wiring) {
    return new CommandLine(new ScanCommand())
        .addSubcommand(new ScanCiCommand(wiring))
        .addSubcommand(new ScanContainerCommand(wiring))
        .addSubcommand(new ScanDirCommand(wiring))
        .addSubcommand(new ScanEnvCommand(wiring))
        .addSubcommand(new ScanGitCommand(wiring))
        .addSubcommand(new ScanGithubCommand(wiring))
        .addSubcommand(new ScanK8sCommand(wiring))
        .addSubcommand(new ScanSpaceCommand(wiring))
        .addSubcommand(new ScanStdinCommand(wiring));
  }

  @Override
  public Integer call() {
    throw new MissingCommand(spec.commandLine());
  }
}
