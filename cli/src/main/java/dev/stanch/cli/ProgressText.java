package dev.stanch.cli;

import dev.stanch.cli.report.Amount;
import dev.stanch.detectors.scan.ScanProgress;

/// How far a scan has come at one moment, in words.
public final class ProgressText {
  private static final int CELLS = 20;

  private final long bytes;
  private final long expected;

  /// What is done and what is to do in all, in bytes or, where nobody knows these, in texts.
  private final long done;

  private final long all;
  private final long tokens;
  private final double seconds;
  private final String phase;

  ProgressText(ScanProgress progress, double seconds) {
    this.bytes = progress.bytes();
    // A file that grew since it was listed must not make the bar run past its end.
    this.expected = Math.max(progress.expectedBytes(), progress.expectedBytes() > 0 ? bytes : 0);
    this.all = expected > 0 ? expected : progress.expectedTexts();
    this.done = expected > 0 ? bytes : Math.min(progress.texts(), all);
    this.tokens = progress.tokens();
    this.seconds = seconds;
    this.phase = progress.phase();
  }

  /// One line for a log.
  String line() {
    return phase.isEmpty() ? "scanned " + amounts() : phase;
  }

  /// One line for a terminal of so many columns.
  String bar(int columns) {
    var text = new StringBuilder();
    if (all > 0) {
      text.append(bar(done, all));
    }
    text.append(phase.isEmpty() ? amounts() : phase);
    return text.length() <= columns ? text.toString() : text.substring(0, Math.max(0, columns));
  }

  /// A bar with its percentage.
  public static String bar(long done, long expected) {
    int full = (int) (CELLS * done / expected);
    return "["
        + "#".repeat(full)
        + ".".repeat(CELLS - full)
        + "] "
        + "%3d %%  ".formatted(100 * done / expected);
  }

  private String amounts() {
    var text = new StringBuilder(Amount.bytes(bytes));
    if (expected > 0) {
      text.append(" of ").append(Amount.bytes(expected));
    }
    double rate = seconds > 0 ? bytes / seconds : 0;
    text.append(", ").append(Amount.bytes((long) rate)).append("/s, ");
    text.append(tokens).append(tokens == 1 ? " token" : " tokens");
    if (done > 0 && all > 0 && seconds >= 1) {
      text.append(", ").append(duration((long) Math.ceil(seconds * (all - done) / done)));
      text.append(" left");
    }
    return text.toString();
  }

  /// A time that somebody has to wait.
  public static String duration(long seconds) {
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 3600
        ? seconds / 60 + " min " + seconds % 60 + " s"
        : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
  }
}
