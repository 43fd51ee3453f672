package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.revokers.journal.Journal;
import dev.stanch.revokers.journal.JournalException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Lists incidents.
@Command(
    name = "list",
    description = "Lists incidents, the newest first.",
    footer = {"", "Examples:", "  stanch incident list"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class IncidentListCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Mixin private JournalOptions journalOptions;

  IncidentListCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault {
    try (Journal journal = journalOptions.open(wiring)) {
      var out = wiring.console().out();
      for (Journal.Listed one : journal.list()) {
        out.println(
            one.id()
                + "  "
                + one.created()
                + "  "
                + one.status().name().toLowerCase(Locale.ROOT)
                + "  "
                + one.left()
                + " of "
                + one.steps()
                + " left");
      }
      out.flush();
      return ExitCode.CLEAN.value();
    } catch (JournalException e) {
      throw JournalOptions.fault(e);
    }
  }
}
