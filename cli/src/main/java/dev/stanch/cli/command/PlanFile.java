package dev.stanch.cli.command;

import dev.stanch.cli.ConfigurationText;
import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.revokers.plan.Plan;
import dev.stanch.revokers.plan.PlanException;
import dev.stanch.revokers.plan.PlanJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A plan that somebody wrote down.
final class PlanFile {
  private PlanFile() {}

  static Plan read(Wiring wiring, Path file) throws UserFault {
    Path from = wiring.console().environment().folder().resolve(file);
    try {
      return PlanJson.read(Files.readString(from));
    } catch (PlanException e) {
      throw UserFault.of(
          ExitCode.USAGE,
          file + " is no plan: " + e.getMessage(),
          "make one with 'stanch plan --format json --output FILE'");
    } catch (IOException e) {
      throw ConfigurationText.unreadable(from, file.toString(), e);
    }
  }
}
