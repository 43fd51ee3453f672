package dev.stanch.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.stanch.cli.ConfigurationText;
import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.cli.report.IncidentJson;
import dev.stanch.cli.report.Report;
import dev.stanch.cli.report.ReportReader;
import dev.stanch.revokers.journal.Standing;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Writes a report again in another format.
@Command(
    name = "report",
    description =
        "Converts a JSON or JSON Lines report, or the JSON of 'incident show', to another format.",
    footer = {
      "",
      "Examples:",
      "  stanch report findings.jsonl",
      "  stanch report findings.jsonl --format sarif --output findings.sarif",
      "  stanch scan dir --format jsonl . | stanch report - --format md",
      "  stanch report incident.json --format html --output incident.html",
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
public final class ReportCommand implements Callable<Integer> {
  /// What a report may hold; it is held in memory.
  private static final int LARGEST = 1 << 28;

  private final Wiring wiring;

  @Parameters(paramLabel = "REPORT", description = "The report to read; - is standard input.")
  private String input;

  @Mixin private ReportOptions report;

  public ReportCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault {
    byte[] text = text();
    JsonNode tree = incident(text);
    if (tree == null) {
      report.write(read(text), wiring);
    } else {
      report.write(standing(tree), wiring);
    }
    return ExitCode.CLEAN.value();
  }

  private byte[] text() throws UserFault {
    Path file = wiring.console().environment().folder().resolve(input);
    try {
      if (input.equals("-")) {
        return bounded(wiring.console().in());
      }
      try (var in = Files.newInputStream(file)) {
        return bounded(in);
      }
    } catch (IOException e) {
      throw ConfigurationText.unreadable(file, input, e);
    }
  }

  private byte[] bounded(InputStream in) throws IOException, UserFault {
    byte[] text = in.readNBytes(LARGEST + 1);
    if (text.length > LARGEST) {
      throw UserFault.of(
          ExitCode.INCOMPLETE,
          input + " is larger than " + LARGEST + " bytes",
          "convert it in parts: JSON Lines can be split between lines");
    }
    return text;
  }

  /// The report of an incident, where it is one.
  private static @Nullable JsonNode incident(byte[] text) {
    try {
      JsonNode tree = new JsonMapper().readTree(text);
      return IncidentJson.is(tree) ? tree : null;
    } catch (IOException _) {
      return null; // whoever reads it next says what is wrong
    }
  }

  private Standing standing(JsonNode tree) throws UserFault {
    try {
      return IncidentJson.read(tree);
    } catch (IllegalArgumentException e) {
      throw malformed(String.valueOf(e.getMessage()));
    }
  }

  private Report read(byte[] text) throws UserFault {
    try {
      return ReportReader.read(new ByteArrayInputStream(text));
    } catch (IOException e) {
      throw malformed(String.valueOf(e.getMessage()));
    }
  }

  private UserFault malformed(String why) {
    return UserFault.of(
        ExitCode.USAGE, input + ": " + why, "give a report written with --format json or jsonl");
  }
}
