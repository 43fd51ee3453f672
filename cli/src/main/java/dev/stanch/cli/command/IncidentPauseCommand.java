package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.revokers.journal.Journal;
import dev.stanch.revokers.journal.JournalException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Stops every process that works on an incident.
@Command(
    name = "pause",
    description =
        "Stops every process that works on an incident, within seconds; calls under way end first."
            + " 'incident resume' goes on.",
    footer = {"", "Examples:", "  stanch incident pause i3kd8w2ma"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class IncidentPauseCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Parameters(
      arity = "0..1",
      paramLabel = "INCIDENT",
      description = "Its name, or how it begins (default: the only open one).")
  private @Nullable String id;

  @Mixin private JournalOptions journalOptions;

  IncidentPauseCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault {
    try (Journal journal = journalOptions.open(wiring)) {
      JournalOptions.incident(journal, id).pause();
      return ExitCode.CLEAN.value();
    } catch (JournalException e) {
      throw JournalOptions.fault(e);
    }
  }
}
