package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Takes the commit hook out of a repository.
@Command(
    name = "uninstall",
    description = "Takes the commit hook out and puts back the one that was there before.",
    footer = {"", "Examples:", "  stanch hook uninstall"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class HookUninstallCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Parameters(
      arity = "0..1",
      paramLabel = "REPO",
      defaultValue = ".",
      description = "The repository; the one of this folder when left out.")
  private Path repository;

  HookUninstallCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault, InterruptedException {
    var hook = PreCommitHook.of(wiring.console().environment().folder().resolve(repository));
    wiring
        .console()
        .out()
        .println(hook.uninstall() ? "removed " + hook.file() : "no hook of ours is installed");
    return ExitCode.CLEAN.value();
  }
}
