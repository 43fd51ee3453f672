package dev.stanch.cli.command;

import static java.util.Objects.requireNonNull;

import dev.stanch.cli.ConfigurationText;
import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.revokers.journal.Incident;
import dev.stanch.revokers.journal.Incident.StepStanding;
import dev.stanch.revokers.journal.JournalException;
import dev.stanch.revokers.run.Orders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Goes on with tokens that do not stand any more where they were found.
@Command(
    name = "supply",
    description =
        "Goes on with an incident and takes tokens from a file or standard input: those that its"
            + " steps are about, and no others. Lines TOKEN-ID<TAB>VALUE are new values that people"
            + " made, each for the token of that id; --step asks for one without showing it.",
    footer = {
      "",
      "Examples:",
      "  stanch incident supply --step 3",
      "  stanch incident supply --from - < new-values.tsv",
      "  stanch incident supply --from dump.txt",
      "  pass show leaked | stanch incident supply --from -"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class IncidentSupplyCommand implements Callable<Integer> {
  private static final int LARGEST = 1 << 28;

  private final Wiring wiring;

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description = "Where the tokens or new values stand; - is standard input.")
  private @Nullable String from;

  @Option(
      names = "--step",
      paramLabel = "N",
      description = "Asks for the new value of step N, without an echo.")
  private @Nullable Integer step;

  @Mixin private IncidentOptions which;
  @Mixin private ScanOptions scan;
  @Mixin private RunOptions run;

  IncidentSupplyCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault, InterruptedException {
    String source = from;
    Integer number = step;
    if ((source == null) == (number == null)) {
      throw UserFault.of(
          ExitCode.USAGE,
          "one of --from FILE and --step N",
          "stanch incident show lists the steps that wait for a new value");
    }
    if (source == null) {
      return which.with(wiring, incident -> ask(incident, requireNonNull(number)));
    }
    byte[] text = text(source);
    SuppliedValues values = SuppliedValues.parse(text).orElse(null);
    if (values == null) {
      return which.with(
          wiring,
          incident ->
              new Acting(wiring, run, scan)
                  .goOn(incident, "", text, SuppliedValues.none(), Orders.NONE));
    }
    try (values) {
      return which.with(
          wiring,
          incident ->
              new Acting(wiring, run, scan).goOn(incident, "", new byte[0], values, Orders.NONE));
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  /// Asks for the value of one step.
  private int ask(Incident incident, int number)
      throws UserFault, InterruptedException, JournalException {
    StepStanding waiting =
        incident.standing().steps().stream()
            .filter(one -> one.number() == number)
            .findFirst()
            .orElseThrow(
                () ->
                    UserFault.of(
                        ExitCode.USAGE, "no step " + number, "stanch incident show lists them"));
    byte[] value =
        wiring
            .hiddenLine("New value of step " + number + ": ")
            .orElseThrow(
                () ->
                    UserFault.of(
                        ExitCode.USAGE,
                        "no terminal to ask at",
                        "give a line TOKEN-ID<TAB>VALUE with --from"));
    try (SuppliedValues values = SuppliedValues.of(waiting.step().subject().token(), value)) {
      return new Acting(wiring, run, scan).goOn(incident, "", new byte[0], values, Orders.NONE);
    } finally {
      Arrays.fill(value, (byte) 0);
    }
  }

  private byte[] text(String from) throws UserFault {
    Path file = wiring.console().environment().folder().resolve(from);
    try {
      if (from.equals("-")) {
        byte[] text = wiring.console().in().readNBytes(LARGEST + 1);
        requireSmall(text.length, "standard input");
        return text;
      }
      requireSmall(Files.size(file), from);
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw ConfigurationText.unreadable(file, from, e);
    }
  }

  private static void requireSmall(long size, String name) throws UserFault {
    if (size > LARGEST) {
      throw UserFault.of(
          ExitCode.USAGE,
          name + " is larger than " + LARGEST + " bytes",
          "a token is short: give the token alone");
    }
  }
}
