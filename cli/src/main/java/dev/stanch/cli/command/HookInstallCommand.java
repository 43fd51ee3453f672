package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Puts the commit hook into a repository.
@Command(
    name = "install",
    description = {
      "Looks at every commit before it is made: what it would bring is scanned, and a commit with",
      "findings is stopped. A hook that is there already runs first."
    },
    footer = {"", "Examples:", "  stanch hook install"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class HookInstallCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Parameters(
      arity = "0..1",
      paramLabel = "REPO",
      defaultValue = ".",
      description = "The repository; the one of this folder when left out.")
  private Path repository;

  HookInstallCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault, InterruptedException {
    var environment = wiring.console().environment();
    var hook = PreCommitHook.of(environment.folder().resolve(repository));
    hook.install(environment.variable("STANCH_COMMAND").orElse("stanch"));
    wiring.console().out().println("installed " + hook.file());
    return ExitCode.CLEAN.value();
  }
}
