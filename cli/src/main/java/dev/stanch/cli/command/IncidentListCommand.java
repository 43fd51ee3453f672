package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.cli.report.IncidentList;
import dev.stanch.cli.report.ListFormat;
import dev.stanch.revokers.journal.Journal;
import dev.stanch.revokers.journal.JournalException;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Lists incidents.
@Command(
    name = "list",
    description = "Lists incidents, the newest first.",
    footer = {
      "",
      "Examples:",
      "  stanch incident list",
      "  stanch incident list --format json",
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class IncidentListCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Mixin private JournalOptions journalOptions;

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private ListFormat format;

  IncidentListCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault, IOException {
    try (Journal journal = journalOptions.open(wiring)) {
      new IncidentList(journal.list()).write(format, wiring.console().out());
      return ExitCode.CLEAN.value();
    } catch (JournalException e) {
      throw JournalOptions.fault(e);
    }
  }
}
