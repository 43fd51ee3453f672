package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.detectors.baseline.Baseline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Accepts everything that a scan finds now.
@Command(
    name = "create",
    description = "Accepts everything that stands in SOURCE now.",
    footer = {
      "",
      "Examples:",
      "  stanch baseline create --reason 'before the clean-up' --owner platform",
      "  stanch baseline create dir:. --reason 'test data' --expires 2027-01-31",
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class BaselineCreateCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Mixin private SourceOptions source;
  @Mixin private BaselineFile file;
  @Mixin private BaselineEntryOptions entries;

  BaselineCreateCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault, InterruptedException {
    Path path = file.path(wiring, source);
    if (Files.exists(path)) {
      throw UserFault.of(
          ExitCode.USAGE,
          path.getFileName() + " is there already",
          "stanch baseline update adds what is new to it");
    }
    return BaselineUpdateCommand.accept(
            wiring, source, entries, Baseline.empty(new SecureRandom()), path, false)
        .value();
  }
}
