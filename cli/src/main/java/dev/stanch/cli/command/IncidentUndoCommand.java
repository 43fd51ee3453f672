package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.revokers.journal.Incident;
import dev.stanch.revokers.journal.Incident.StepStanding;
import dev.stanch.revokers.journal.JournalEntry;
import dev.stanch.revokers.journal.JournalException;
import dev.stanch.revokers.journal.Standing;
import dev.stanch.revokers.run.IncidentRunner;
import dev.stanch.revokers.run.Providers;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Switches a token on again.
@Command(
    name = "undo",
    description = "Switches the token of a step on again that was switched off.",
    footer = {
      "",
      "Examples:",
      "  stanch incident undo 3",
      "  stanch incident undo 3 --incident i3kd8w2ma"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class IncidentUndoCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Parameters(paramLabel = "STEP", description = "The number of the step.")
  private int number;

  @Option(
      names = "--incident",
      paramLabel = "INCIDENT",
      description = "Its name, or how it begins (default: the only open one).")
  private @Nullable String id;

  @Mixin private ScanOptions scan;
  @Mixin private JournalOptions journalOptions;
  @Mixin private RunOptions run;

  IncidentUndoCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault, InterruptedException {
    return journalOptions.with(wiring, id, this::undo);
  }

  private int undo(Incident incident) throws UserFault, InterruptedException, JournalException {
    Standing standing = incident.standing();
    StepStanding step =
        standing.steps().stream()
            .filter(one -> one.number() == number)
            .findFirst()
            .orElseThrow(
                () ->
                    UserFault.of(
                        ExitCode.USAGE, "no step " + number, "stanch incident show lists them"));
    try (Providers providers = wiring.providers();
        Gathered gathered = new Acting(wiring, run, scan).again(standing)) {
      HeldFinding token = Acting.matched(standing, incident.key(), gathered).get(number);
      var runner =
          new IncidentRunner(
              providers, run.settings(), wiring.console().environment().clock(), new Quiet());
      Optional<String> problem = runner.undo(incident, step, token);
      if (problem.isPresent()) {
        throw UserFault.of(
            ExitCode.REFUSED,
            "step " + number + ": " + problem.get(),
            "stanch incident show says how it stands");
      }
    }
    wiring.console().out().println("restored  " + step.step().subject().token());
    wiring.console().out().flush();
    return ExitCode.CLEAN.value();
  }

  private static final class Quiet implements IncidentRunner.Listener {
    @Override
    public void moved(JournalEntry.Moved move) {}

    @Override
    public void noted(String subject, String text) {}
  }
}
