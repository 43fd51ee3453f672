package dev.stanch.cli;

import java.util.Optional;

/// The command lines a hook runs, recognised by hand before picocli is loaded. What is not
/// recognised exactly falls through to [CommandTree], which knows the same options and gives the
/// same answer, only later.
final class HookPath {
  private HookPath() {}

  /// Runs the command line if it is one of the hook's; empty if it is not.
  static Optional<ExitCode> run(Console console, String... args) throws UserFault {
    return Optional.empty();
  }
}
