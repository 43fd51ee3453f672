package dev.stanch.cli.command;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What is said of findings that are accepted.
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class BaselineEntryOptions {
  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why these findings may stand.")
  private String reason;

  @Option(names = "--owner", paramLabel = "WHO", description = "Who answers for them.")
  private String owner = "";

  @Option(
      names = "--expires",
      paramLabel = "DATE",
      description = "The last day on which they are accepted (2027-01-31).")
  private @Nullable LocalDate expires;

  String reason() {
    return reason;
  }

  String owner() {
    return owner;
  }

  @Nullable LocalDate expires() {
    return expires;
  }
}
