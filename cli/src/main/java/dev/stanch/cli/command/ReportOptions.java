package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.cli.report.Report;
import dev.stanch.cli.report.ReportFormat;
import dev.stanch.cli.report.Tokens;
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

  void write(Report report, Wiring wiring) throws UserFault {
    var writer = wiring.reportWriter(format, output == null, Tokens.HIDDEN);
    try {
      if (output == null) {
        writer.write(report, wiring.console().out());
        return;
      }
      Path target = wiring.console().environment().folder().resolve(output);
      if (Files.exists(target) && !Files.isRegularFile(target)) {
        try (Writer out = Files.newBufferedWriter(target, StandardCharsets.UTF_8)) {
          writer.write(report, out); // a pipe or a device cannot be replaced
        }
        return;
      }
      // Whoever watches the file sees the old report or the new one, never half of one.
      Path fresh = target.resolveSibling("." + target.getFileName() + ".part");
      try {
        try (Writer out = Files.newBufferedWriter(fresh, StandardCharsets.UTF_8)) {
          writer.write(report, out);
        }
        Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      throw UserFault.of(
          ExitCode.INCOMPLETE,
          "the result could not be written: " + reason(e),
          "check the folder, its permissions and the space left");
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
