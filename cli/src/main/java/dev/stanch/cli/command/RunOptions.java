package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.revokers.run.RunSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How a run that acts waits, and who hears of it.
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class RunOptions {
  @Option(
      names = "--wait",
      description =
          "Waits also where a provider takes no more calls for over ten minutes, instead of"
              + " leaving its steps for 'incident resume'.")
  private boolean wait;

  @Option(
      names = "--proof-interval",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description =
          "How far apart the two refusals are that prove a token dead (default:"
              + " ${DEFAULT-VALUE}).")
  private int proofInterval;

  @Option(
      names = "--events",
      paramLabel = "FILE",
      description =
          "Writes a line of JSON in the shape of OCSF for each detection and action; - is"
              + " standard output.")
  private @Nullable String events;

  RunSettings settings() throws UserFault {
    if (proofInterval < 0 || proofInterval > 3600) {
      throw UserFault.of(
          ExitCode.USAGE, "--proof-interval is between 0 and 3600 seconds", "30 is usual");
    }
    var usual = RunSettings.usual();
    return new RunSettings(
        Duration.ofSeconds(proofInterval),
        usual.longestPause(),
        wait ? RunSettings.LongPause.WAIT : RunSettings.LongPause.PARK);
  }

  Optional<Path> eventsFile() {
    return Optional.ofNullable(events).filter(name -> !name.equals("-")).map(Path::of);
  }

  boolean eventsToStandardOutput() {
    return "-".equals(events);
  }
}
