package dev.stanch.cli;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// A command that only groups others was called alone: its short help is the answer.
public final class MissingCommand extends ParameterException {
  private static final long serialVersionUID = 1L;

  public MissingCommand(CommandLine command) {
    super(command, "no command given");
  }
}
