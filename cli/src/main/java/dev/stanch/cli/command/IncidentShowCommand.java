package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.cli.report.IncidentReport;
import dev.stanch.revokers.journal.Incident;
import dev.stanch.revokers.journal.Journal;
import dev.stanch.revokers.journal.JournalException;
import dev.stanch.revokers.journal.Standing;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Reports on an incident.
@Command(
    name = "show",
    description =
        "Reports on an incident: what, whose, where, since when, what was done, the proof, what is"
            + " left.",
    footer = {
      "",
      "Examples:",
      "  stanch incident show",
      "  stanch incident show i3kd8w2ma --check --head HASH",
      "  stanch incident show --format md --output incident.md"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class IncidentShowCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Parameters(
      arity = "0..1",
      paramLabel = "INCIDENT",
      description = "Its name, or how it begins (default: the only open one).")
  private @Nullable String id;

  @Option(
      names = "--check",
      description = "Checks first that no entry of the journal was changed or taken out.")
  private boolean check;

  @Option(
      names = "--head",
      paramLabel = "HASH",
      description = "With --check: a head that was printed once and must still be part of it.")
  private @Nullable String head;

  @Mixin private PlanOutputOptions output;
  @Mixin private JournalOptions journalOptions;

  IncidentShowCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault {
    try (Journal journal = journalOptions.open(wiring)) {
      Incident incident = JournalOptions.incident(journal, id);
      if (check || head != null) {
        Optional<String> problem = incident.check(head);
        if (problem.isPresent()) {
          throw UserFault.of(
              ExitCode.REFUSED,
              "the journal of " + incident.id() + " is not what was written: " + problem.get(),
              "keep a copy of it and find out who changed it");
        }
        wiring.messages().hint("the journal is whole");
      }
      Standing standing = incident.standing();
      output.write(wiring, (out, format) -> new IncidentReport(out).write(standing, format));
      return Acting.ending(standing).value();
    } catch (JournalException e) {
      throw JournalOptions.fault(e);
    }
  }
}
