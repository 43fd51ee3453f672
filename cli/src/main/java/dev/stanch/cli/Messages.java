package dev.stanch.cli;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import java.util.Arrays;

/// What Stanch says to a person, all of it on standard error: `error:`, `warning:` or `hint:`, then
/// lower case without a full stop, each on its own line.
public final class Messages {
  private final PrintWriter err;

  public Messages(PrintWriter err) {
    this.err = requireNonNull(err, "err");
  }

  /// Says what went wrong.
  public void error(String text) {
    line("error: ", text);
  }

  /// Says what the user should know although the run goes on.
  public void warning(String text) {
    line("warning: ", text);
  }

  /// Says what to do next.
  public void hint(String text) {
    line("hint: ", text);
  }

  void fault(UserFault fault) {
    error(String.valueOf(fault.getMessage()));
    fault.hint().ifPresent(this::hint);
  }

  /// Reports a mistake of ours. Only [Detail#FULL] prints the exception's own text.
  void bug(Throwable bug, Detail detail) {
    bug("", bug, detail);
  }

  /// Reports one that the run goes on without.
  ///
  /// @param where it is, in words
  void bug(String where, Throwable bug, Detail detail) {
    error(
        "internal error"
            + (where.isEmpty() ? "" : " " + where)
            + ": "
            + bug.getClass().getSimpleName()
            + at(bug));
    switch (detail) {
      case SHORT -> hint("run it again with -v -v and report the lines it prints");
      case FRAMES -> frames(bug);
      case FULL -> {
        bug.printStackTrace(err);
        err.flush();
      }
    }
  }

  private void frames(Throwable bug) {
    var prefix = "";
    for (Throwable cause = bug; cause != null; cause = cause.getCause()) {
      line(prefix, cause.getClass().getName());
      prefix = "caused by ";
      Arrays.stream(cause.getStackTrace()).forEach(frame -> line("    at ", frame.toString()));
    }
  }

  private static String at(Throwable bug) {
    return Arrays.stream(bug.getStackTrace())
        .filter(frame -> frame.getClassName().startsWith("dev.stanch."))
        .findFirst()
        .map(frame -> " at " + frame.getFileName() + ":" + frame.getLineNumber())
        .orElse("");
  }

  private void line(String prefix, String text) {
    err.println(prefix + text);
    err.flush();
  }
}
