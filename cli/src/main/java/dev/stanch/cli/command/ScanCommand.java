package dev.stanch.cli.command;

import dev.stanch.cli.MissingCommand;
import dev.stanch.cli.Subcommands;
import dev.stanch.cli.Wiring;
import java.util.List;
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

  /// The command with its subcommands, or the one that `arguments` begin with: one line for each
  /// source.
  public static CommandLine tree(Wiring wiring, List<String> arguments) {
    return new Subcommands()
        .with("ci", ScanCiCommand::new)
        .with("container", ScanContainerCommand::new)
        .with("dir", ScanDirCommand::new)
        .with("env", ScanEnvCommand::new)
        .with("git", ScanGitCommand::new)
        .with("github", ScanGithubCommand::new)
        .with("k8s", ScanK8sCommand::new)
        .with("space", ScanSpaceCommand::new)
        .with("stdin", ScanStdinCommand::new)
        .below(new CommandLine(new ScanCommand()), wiring, arguments);
  }

  @Override
  public Integer call() {
    throw new MissingCommand(spec.commandLine());
  }
}
