package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.cli.report.IncidentReport;
import dev.stanch.revokers.journal.Incident;
import dev.stanch.revokers.journal.JournalException;
import dev.stanch.revokers.journal.Standing;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
  @Mixin private IncidentOptions which;

  IncidentShowCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault, InterruptedException {
    return which.with(wiring, this::show);
  }

  private int show(Incident incident) throws UserFault, JournalException {
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
  }
}
