package dev.stanch.cli.command;

import dev.stanch.cli.Environment;
import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.cli.report.IncidentReport;
import dev.stanch.cli.report.PlanFormat;
import dev.stanch.cli.report.Report;
import dev.stanch.cli.report.ReportFormat;
import dev.stanch.cli.report.ReportWriter;
import dev.stanch.cli.report.Tokens;
import dev.stanch.revokers.journal.PrivateFile;
import dev.stanch.revokers.journal.Standing;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where the result goes, and in which format.
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class ReportOptions {
  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private ReportFormat format;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Writes the result to FILE instead of standard output.")
  private @Nullable Path output;

  /// The options of a command line that nobody parsed with picocli.
  static ReportOptions toStandardOutput(ReportFormat format) {
    var options = new ReportOptions();
    options.format = format;
    return options;
  }

  /// Writes how an incident stands.
  void write(Standing standing, Wiring wiring) throws UserFault {
    PlanFormat documented =
        switch (format) {
          case TEXT -> PlanFormat.TEXT;
          case JSON -> PlanFormat.JSON;
          case MD -> PlanFormat.MD;
          case HTML -> PlanFormat.HTML;
          case BRIEF, JSONL, SARIF, CSV, JUNIT, GITLAB ->
              throw UserFault.of(
                  ExitCode.USAGE,
                  "an incident has the formats text, json, md, html, not " + format);
        };
    PlanOutputOptions.of(documented, output)
        .write(wiring, (out, chosen) -> new IncidentReport(out).write(standing, chosen));
  }

  /// Refuses `--show-tokens` where others would read them.
  void mayShowTokens(Environment environment) throws UserFault {
    if (format != ReportFormat.TEXT && format != ReportFormat.JSON) {
      throw UserFault.of(
          ExitCode.USAGE,
          "--show-tokens goes with --format text or json, not with " + format,
          "choose one of these, or leave --show-tokens out");
    }
    if (output == null && environment.isBuildLog()) {
      throw UserFault.of(
          ExitCode.REFUSED,
          "--show-tokens would print tokens into a build log",
          "write them with --output to a file that is not kept");
    }
  }

  void write(Report report, Wiring wiring) throws UserFault {
    write(report, Tokens.HIDDEN, wiring);
  }

  void write(Report report, Tokens tokens, Wiring wiring) throws UserFault {
    write(report, wiring.reportWriter(format, output == null, tokens), tokens, wiring);
  }

  /// Writes a report for which `text` is the form for people.
  void write(Report report, ReportWriter text, Wiring wiring) throws UserFault {
    write(
        report,
        format == ReportFormat.TEXT
            ? text
            : wiring.reportWriter(format, output == null, Tokens.HIDDEN),
        Tokens.HIDDEN,
        wiring);
  }

  private void write(Report report, ReportWriter writer, Tokens tokens, Wiring wiring)
      throws UserFault {
    try {
      if (output == null) {
        writer.write(report, wiring.console().out());
        wiring.console().out().flush();
        return;
      }
      replace(
          wiring.console().environment().folder().resolve(output),
          tokens.equals(Tokens.HIDDEN) ? Readers.ANYBODY : Readers.OWNER,
          out -> writer.write(report, out));
    } catch (IOException e) {
      throw UserFault.of(
          ExitCode.INCOMPLETE,
          "the result could not be written: " + reason(e),
          "check the folder, its permissions and the space left");
    }
  }

  /// Who may read a result.
  enum Readers {
    ANYBODY,
    OWNER
  }

  /// What writes a result.
  interface Body {
    void write(Writer out) throws IOException;
  }

  /// Writes a result to `target`: whoever watches the file sees the old one or the new one, never
  /// half of one.
  static void replace(Path target, Readers readers, Body body) throws IOException {
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      try (Writer out = Files.newBufferedWriter(target, StandardCharsets.UTF_8)) {
        body.write(out); // a pipe or a device cannot be replaced
      }
      return;
    }
    Path fresh = target.resolveSibling("." + target.getFileName() + ".part");
    try {
      if (readers == Readers.OWNER) {
        Files.deleteIfExists(fresh);
        PrivateFile.create(fresh);
      }
      try (Writer out = Files.newBufferedWriter(fresh, StandardCharsets.UTF_8)) {
        body.write(out);
      }
      Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "no such folder";
      case AccessDeniedException _ -> "permission denied";
      default -> e.getClass().getSimpleName();
    };
  }
}
