package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where replacements go, and how long the old keys live on.
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class RotationOptions {
  private static final Pattern TIME = Pattern.compile("(\\d{1,6})([smhd])");

  @Option(
      names = "--sinks",
      paramLabel = "FILE",
      description =
          "A mapping file that says which finding's replacement is written where; files in which"
              + " the token was found are written besides.")
  private @Nullable Path sinks;

  @Option(
      names = "--soak",
      paramLabel = "TIME",
      defaultValue = "0s",
      description =
          "How long an old token may go on being used after the new one was taken into use, such"
              + " as 15m or 2h; it ends earlier where its last use is told and lies before that"
              + " (default: ${DEFAULT-VALUE}).")
  private String soak;

  @Option(
      names = "--public",
      paramLabel = "PLACE",
      description =
          "Says that everybody can read what stands there: a folder or repository of this machine,"
              + " another place as plans name it (space:OWNER/NAME), or all. Its tokens are revoked"
              + " first and replaced then: until that is done, whatever uses them fails. May be"
              + " given more than once.")
  private List<String> publicPlaces = new ArrayList<>();

  PublicPlaces publicPlaces(Wiring wiring) {
    return PublicPlaces.of(publicPlaces, wiring.console().environment().folder());
  }

  SinkFile sinks(Wiring wiring) throws UserFault {
    Path file = sinks;
    return file == null ? SinkFile.NONE : SinkFile.read(new NamedFile(file, wiring));
  }

  Duration soak() throws UserFault {
    Matcher time = TIME.matcher(soak.toLowerCase(Locale.ROOT));
    try {
      if (time.matches()) {
        String unit = time.group(2).equals("d") ? "P" : "PT";
        return Duration.parse(unit + time.group(1) + time.group(2).toUpperCase(Locale.ROOT));
      }
    } catch (DateTimeException _) {
      // said below
    }
    throw UserFault.of(ExitCode.USAGE, "--soak is a time such as 30s, 15m, 2h or 1d");
  }
}
