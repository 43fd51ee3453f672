package dev.stanch.cli.command;

import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.revokers.journal.Incident;
import dev.stanch.revokers.journal.Journal;
import dev.stanch.revokers.journal.JournalException;
import dev.stanch.revokers.run.Providers;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Goes on with an incident.
@Command(
    name = "resume",
    description =
        "Goes on with an incident: what was agreed to and is not proven yet. Asks again about what"
            + " people had to do.",
    footer = {"", "Examples:", "  stanch incident resume", "  stanch incident resume i3kd8w2ma"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class IncidentResumeCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Parameters(
      arity = "0..1",
      paramLabel = "INCIDENT",
      description = "Its name, or how it begins (default: the only open one).")
  private @Nullable String id;

  @Mixin private ScanOptions scan;
  @Mixin private RunOptions run;
  @Mixin private JournalOptions journalOptions;

  IncidentResumeCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault, InterruptedException {
    var acting = new Acting(wiring, run);
    try (Journal journal = journalOptions.open(wiring);
        Providers providers = wiring.providers()) {
      Incident incident = JournalOptions.incident(journal, id);
      incident.resume("");
      try (Gathered gathered = acting.again(incident.standing(), scan)) {
        return acting.run(incident, gathered, providers);
      }
    } catch (JournalException e) {
      throw JournalOptions.fault(e);
    }
  }
}
