package dev.stanch.cli.command;

import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Which incident a command is about.
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class IncidentOptions {
  @Parameters(
      arity = "0..1",
      paramLabel = "INCIDENT",
      description = "Its name, or how it begins (default: the only open one).")
  private @Nullable String id;

  @Mixin private JournalOptions journal;

  /// Does something with it.
  ///
  /// @return the exit code
  int with(Wiring wiring, JournalOptions.Work work) throws UserFault, InterruptedException {
    return journal.with(wiring, id, work);
  }
}
