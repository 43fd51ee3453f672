package dev.stanch.cli;

/// How a run ended, as the shell sees it. Where several apply, the precedence is 70, 2, 4, 1, 3, 0.
public enum ExitCode {
  /// Nothing was found and everything was read.
  CLEAN(0),
  /// Findings, or actions left to do.
  FINDINGS(1),
  /// The command line or a configuration file is wrong.
  USAGE(2),
  /// Something that should have been read was not.
  INCOMPLETE(3),
  /// A guard stopped an action.
  REFUSED(4),
  /// A bug of ours.
  BUG(70);

  private final int value;

  ExitCode(int value) {
    this.value = value;
  }

  /// The number handed to the operating system.
  public int value() {
    return value;
  }
}
