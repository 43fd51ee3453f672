package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.cli.report.Report;
import dev.stanch.cli.report.ReportReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Writes a report again in another format.
@Command(
    name = "report",
    description = "Converts a JSON or JSON Lines report to another format.",
    footer = {
      "",
      "Examples:",
      "  stanch report findings.jsonl",
      "  stanch report findings.jsonl --format sarif --output findings.sarif",
      "  stanch scan dir --format jsonl . | stanch report - --format md",
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
public final class ReportCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Parameters(paramLabel = "REPORT", description = "The report to read; - is standard input.")
  private String input;

  @Mixin private ReportOptions report;

  public ReportCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault {
    report.write(read(), wiring);
    return ExitCode.CLEAN.value();
  }

  private Report read() throws UserFault {
    try {
      if (input.equals("-")) {
        return ReportReader.read(wiring.console().in());
      }
      var file = wiring.console().environment().folder().resolve(input);
      try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
        return ReportReader.read(in);
      }
    } catch (ReportReader.Malformed e) {
      throw UserFault.of(
          ExitCode.USAGE,
          input + ": " + e.getMessage(),
          "give a report written with --format json or jsonl");
    } catch (NoSuchFileException _) {
      throw UserFault.of(ExitCode.USAGE, "no such report: " + input, "check the path");
    } catch (AccessDeniedException _) {
      throw UserFault.of(ExitCode.USAGE, "cannot read " + input + ": permission denied");
    } catch (IOException e) {
      throw UserFault.of(
          ExitCode.USAGE, "cannot read " + input + ": " + e.getClass().getSimpleName());
    }
  }
}
