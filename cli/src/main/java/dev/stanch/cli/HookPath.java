package dev.stanch.cli;

import dev.stanch.cli.command.StagedScan;
import dev.stanch.cli.report.ReportFormat;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// The command lines a hook runs, `scan git --staged` with its few usual options, recognised by
/// hand before picocli is loaded. What is not recognised exactly falls through to [CommandTree],
/// which knows the same options and gives the same answer, only later.
final class HookPath {
  private boolean staged;
  private boolean quiet;
  private double minConfidence = 0.5;
  private ReportFormat format = ReportFormat.TEXT;
  private @Nullable Path repository;

  private HookPath() {}

  /// Runs the command line if it is one of the hook's; empty if it is not.
  static OptionalInt run(Console console, String... args) throws UserFault, InterruptedException {
    var path = new HookPath();
    return path.read(args)
        ? OptionalInt.of(
            StagedScan.of(new Wiring(console), path.minConfidence, path.quiet, path.format)
                .run(path.repository))
        : OptionalInt.empty();
  }

  /// Whether the command line is one of the hook's.
  static boolean knows(String... args) {
    return new HookPath().read(args);
  }

  /// Whether every argument was understood.
  private boolean read(String... args) {
    if (args.length < 3 || !args[0].equals("scan") || !args[1].equals("git")) {
      return false;
    }
    for (int i = 2; i < args.length; i++) {
      String arg = args[i];
      boolean understood =
          switch (arg) {
            case "--staged" -> {
              staged = true;
              yield true;
            }
            case "-q", "--quiet" -> {
              quiet = true;
              yield true;
            }
            case "-f", "--format" -> ++i < args.length && format(args[i]);
            case "--format=brief" -> format("brief");
            case "--format=text" -> format("text");
            case "--format=jsonl" -> format("jsonl");
            case "--min-confidence" -> ++i < args.length && confidence(args[i]);
            default -> repository(arg);
          };
      if (!understood) {
        return false;
      }
    }
    return staged;
  }

  private boolean format(String name) {
    switch (name) {
      case "text" -> format = ReportFormat.TEXT;
      case "brief" -> format = ReportFormat.BRIEF;
      case "jsonl" -> format = ReportFormat.JSONL;
      default -> {
        return false;
      }
    }
    return true;
  }

  /// Only the plain spelling, which every parser reads alike: `0.8`.
  private boolean confidence(String text) {
    if (text.isEmpty() || text.length() > 6) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!(c >= '0' && c <= '9') && !(c == '.' && i == 1 && text.length() > 2)) {
        return false;
      }
    }
    minConfidence = Double.parseDouble(text);
    return true;
  }

  private boolean repository(String arg) {
    if (arg.isEmpty() || arg.startsWith("-") || arg.startsWith("@") || repository != null) {
      return false;
    }
    try {
      repository = Path.of(arg);
      return true;
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
