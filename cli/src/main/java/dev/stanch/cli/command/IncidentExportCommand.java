package dev.stanch.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.cli.report.IncidentReport;
import dev.stanch.cli.report.OwnerLetter;
import dev.stanch.cli.report.Printable;
import dev.stanch.revokers.journal.Incident;
import dev.stanch.revokers.journal.Incident.StepStanding;
import dev.stanch.revokers.journal.JournalEntry;
import dev.stanch.revokers.journal.JournalException;
import dev.stanch.revokers.journal.StepState;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Writes the journal, or what each owner has to do.
@Command(
    name = "export",
    description =
        "Writes every entry of an incident's journal, or one message for each owner who has to"
            + " act.",
    footer = {
      "",
      "Examples:",
      "  stanch incident export > journal.jsonl",
      "  stanch incident export --format md",
      "  stanch incident export --by-owner messages"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class IncidentExportCommand implements Callable<Integer> {
  /// The formats of a journal.
  enum Format {
    JSONL,
    MD;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Wiring wiring;

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      defaultValue = "jsonl",
      description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Format format;

  @Option(
      names = "--by-owner",
      paramLabel = "FOLDER",
      description = "Writes a message for each owner there instead: tokens, links, a deadline.")
  private @Nullable Path byOwner;

  @Option(
      names = "--deadline-hours",
      paramLabel = "N",
      defaultValue = "24",
      description = "With --by-owner: how long people have (default: ${DEFAULT-VALUE}).")
  private int deadlineHours;

  @Mixin private IncidentOptions which;

  IncidentExportCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault, InterruptedException {
    return which.with(wiring, this::export);
  }

  private int export(Incident incident) throws UserFault, JournalException {
    Path folder = byOwner;
    if (folder != null) {
      letters(incident, wiring.console().environment().folder().resolve(folder));
    } else {
      entries(incident);
    }
    return ExitCode.CLEAN.value();
  }

  private void entries(Incident incident) throws JournalException {
    PrintWriter out = wiring.console().out();
    if (format == Format.MD) {
      out.println("# Journal of " + incident.id() + "\n");
      out.println("| # | at | by | entry | hash |");
      out.println("| ---: | --- | --- | --- | --- |");
    }
    for (JournalEntry.Recorded recorded : incident.entries()) {
      switch (format) {
        case JSONL -> {
          ObjectNode tree = JsonNodeFactory.instance.objectNode();
          tree.put("type", "journal-entry").put("schema", "1").put("incident", incident.id());
          tree.put("seq", recorded.seq()).put("at", recorded.at().toString());
          tree.put("by", recorded.by());
          tree.setAll(recorded.entry().json());
          tree.put("hash", recorded.hash());
          out.println(tree);
        }
        case MD ->
            out.println(
                "| "
                    + String.join(
                        " | ",
                        String.valueOf(recorded.seq()),
                        recorded.at().toString(),
                        Printable.of(recorded.by()),
                        Printable.of(words(recorded.entry())).replace("|", "\\|"),
                        recorded.hash().substring(0, 16))
                    + " |");
      }
    }
    out.flush();
  }

  private static String words(JournalEntry entry) {
    return switch (entry) {
      case JournalEntry.Opened opened -> "opened with plan " + opened.planHash();
      case JournalEntry.Added added ->
          "step "
              + added.number()
              + ": "
              + added.step().verb()
              + " "
              + added.step().subject().redacted();
      case JournalEntry.Moved moved ->
          "step "
              + moved.number()
              + ": "
              + moved.state().kind().label()
              + ", "
              + moved.state().text();
      case JournalEntry.Noted noted -> noted.subject() + ": " + noted.text();
      case JournalEntry.Spooled spooled -> "standard input kept in " + spooled.file();
      case JournalEntry.Paused _ -> "paused";
      case JournalEntry.Resumed resumed ->
          "resumed" + (resumed.reason().isEmpty() ? "" : ": " + resumed.reason());
      case JournalEntry.Closed _ -> "closed";
    };
  }

  private void letters(Incident incident, Path folder) throws UserFault, JournalException {
    Map<String, List<StepStanding>> owners = new TreeMap<>();
    for (StepStanding step : incident.standing().steps()) {
      if (step.state().kind() == StepState.Kind.GUIDED) {
        owners
            .computeIfAbsent(
                IncidentReport.addressee(step.step().subject()), _ -> new ArrayList<>())
            .add(step);
      }
    }
    try {
      Files.createDirectories(folder);
      for (var owner : owners.entrySet()) {
        Files.writeString(
            folder.resolve(fileName(owner.getKey())),
            OwnerLetter.text(
                incident.id(),
                owner.getKey(),
                owner.getValue(),
                wiring
                    .console()
                    .environment()
                    .clock()
                    .instant()
                    .plus(Duration.ofHours(deadlineHours))));
      }
    } catch (IOException e) {
      throw UserFault.of(
          ExitCode.INCOMPLETE,
          "cannot write to " + folder + ": " + e.getClass().getSimpleName(),
          "check the folder, its permissions and the space left");
    }
    wiring.messages().hint(owners.size() + " messages written to " + folder);
  }

  /// A name that cannot lead out of the folder; two owners never share one.
  private static String fileName(String owner) {
    String plain = owner.replaceAll("[^A-Za-z0-9@._-]", "_").replaceAll("^\\.+", "_");
    String safe = plain.length() > 80 ? plain.substring(0, 80) : plain;
    return (safe.equals(owner) ? safe : safe + "-" + Integer.toHexString(owner.hashCode())) + ".md";
  }
}
