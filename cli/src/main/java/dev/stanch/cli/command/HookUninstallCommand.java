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

/// Takes hooks out of a repository.
@Command(
    name = "uninstall",
    description =
        "Takes out all hooks of ours, or those that are named, and puts back what was there"
            + " before.",
    footer = {
      "",
      "Examples:",
      "  stanch hook uninstall",
      "  stanch hook uninstall --hook-type pre-push"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class HookUninstallCommand implements Callable<Integer> {
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
      description = "One of ${COMPLETION-CANDIDATES}; may be repeated (default: all).")
  private Set<HookType> types = EnumSet.allOf(HookType.class);

  HookUninstallCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault, InterruptedException {
    var folder =
        RepositoryHook.Folder.of(wiring.console().environment().folder().resolve(repository));
    boolean any = false;
    for (HookType type : types) {
      var hook = folder.hook(type);
      if (hook.uninstall()) {
        wiring.console().out().println("removed " + hook.file());
        any = true;
      }
    }
    if (!any) {
      wiring.console().out().println("no hook of ours is installed");
    }
    return ExitCode.CLEAN.value();
  }
}
