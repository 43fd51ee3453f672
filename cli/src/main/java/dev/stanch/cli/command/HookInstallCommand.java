package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Puts hooks into a repository.
@Command(
    name = "install",
    description =
        "Looks at every commit before it is made (pre-commit), at every push before it leaves"
            + " (pre-push) or before a server takes it (pre-receive): what it would bring is"
            + " scanned, and findings stop it. A hook that is there already runs first.",
    footer = {
      "",
      "Examples:",
      "  stanch hook install",
      "  stanch hook install --hook-type pre-commit --hook-type pre-push",
      "  stanch hook install /srv/git/app.git",
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class HookInstallCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Parameters(
      arity = "0..1",
      paramLabel = "REPO",
      defaultValue = ".",
      description = "The repository; the one of this folder when left out.")
  private Path repository;

  @Option(
      names = {"-t", "--hook-type"},
      paramLabel = "TYPE",
      description =
          "One of ${COMPLETION-CANDIDATES}; may be repeated (default: pre-commit, and pre-receive"
              + " in a repository without work tree).")
  private Set<HookType> types = EnumSet.noneOf(HookType.class);

  HookInstallCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault, InterruptedException {
    var environment = wiring.console().environment();
    var folder = RepositoryHook.Folder.of(environment.folder().resolve(repository));
    if (types.isEmpty()) {
      types = EnumSet.of(folder.bare() ? HookType.PRE_RECEIVE : HookType.PRE_COMMIT);
    }
    for (HookType type : types) {
      var hook = folder.hook(type);
      hook.install(environment.variable("STANCH_COMMAND").orElse("stanch"));
      wiring.console().out().println("installed " + hook.file());
    }
    return ExitCode.CLEAN.value();
  }
}
