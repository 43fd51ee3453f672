package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.cli.report.PlanFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where a plan, what a dry run says of it, or an incident report goes, and in which format.
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class PlanOutputOptions {
  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private PlanFormat format;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Writes the result to FILE instead of standard output.")
  private @Nullable Path output;

  /// The options of a command line that nobody parsed with picocli.
  static PlanOutputOptions of(PlanFormat format, @Nullable Path output) {
    var options = new PlanOutputOptions();
    options.format = format;
    options.output = output;
    return options;
  }

  /// Whether anything was asked for.
  boolean given() {
    return output != null || format != PlanFormat.TEXT;
  }

  /// The file that was asked for.
  Optional<Path> file() {
    return Optional.ofNullable(output);
  }

  /// Whether it can be read again.
  boolean json() {
    return format == PlanFormat.JSON;
  }

  void write(Wiring wiring, BiConsumer<PrintWriter, PlanFormat> writer) throws UserFault {
    if (output == null) {
      writer.accept(wiring.console().out(), format);
      wiring.console().out().flush();
      return;
    }
    Path file = wiring.console().environment().folder().resolve(output);
    try {
      ReportOptions.replace(
          file,
          ReportOptions.Readers.ANYBODY,
          text -> {
            var out = new PrintWriter(text);
            writer.accept(out, format);
            if (out.checkError()) {
              throw new IOException("the writer reports an error");
            }
          });
    } catch (IOException e) {
      throw UserFault.of(
          ExitCode.INCOMPLETE,
          "cannot write " + output + ": " + e.getClass().getSimpleName(),
          "check the folder, its permissions and the space left");
    }
  }
}
