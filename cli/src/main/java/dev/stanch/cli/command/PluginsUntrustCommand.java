package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Trusts a plugin no more.
@Command(
    name = "untrust",
    description = "Trusts a plugin no more. Its file stays, and is refused until it is removed.",
    footer = {"", "Example:", "  stanch plugins untrust acme.jar"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class PluginsUntrustCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Parameters(paramLabel = "FILE", description = "The name of its file; the path does not matter.")
  private Path file;

  PluginsUntrustCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault {
    String name = String.valueOf(file.getFileName());
    if (!wiring.plugins().untrust(name)) {
      throw UserFault.of(
          ExitCode.USAGE,
          "no plugin of this name is trusted: " + name,
          "stanch plugins list shows them");
    }
    return ExitCode.CLEAN.value();
  }
}
