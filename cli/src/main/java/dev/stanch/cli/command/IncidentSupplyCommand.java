package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.revokers.run.Orders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Goes on with tokens that do not stand any more where they were found.
@Command(
    name = "supply",
    description =
        "Goes on with an incident and takes tokens from a file or standard input: those that its"
            + " steps are about, and no others.",
    footer = {
      "",
      "Examples:",
      "  stanch incident supply --from dump.txt",
      "  pass show leaked | stanch incident supply --from -"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class IncidentSupplyCommand implements Callable<Integer> {
  private static final int LARGEST = 1 << 28;

  private final Wiring wiring;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "FILE",
      description = "Where the tokens stand; - is standard input.")
  private String from;

  @Mixin private IncidentOptions which;
  @Mixin private ScanOptions scan;
  @Mixin private RunOptions run;

  IncidentSupplyCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault, InterruptedException {
    byte[] text = text();
    return which.with(
        wiring, incident -> new Acting(wiring, run, scan).goOn(incident, "", text, Orders.NONE));
  }

  private byte[] text() throws UserFault {
    try {
      if (from.equals("-")) {
        byte[] text = wiring.console().in().readNBytes(LARGEST + 1);
        requireSmall(text.length, "standard input");
        return text;
      }
      Path file = wiring.console().environment().folder().resolve(from);
      requireSmall(Files.size(file), from);
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw UserFault.of(
          ExitCode.USAGE,
          "cannot read " + from + ": " + e.getClass().getSimpleName(),
          "check the file and its permissions");
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
