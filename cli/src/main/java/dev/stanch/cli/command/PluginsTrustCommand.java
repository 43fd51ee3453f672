package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.PluginFolders;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.cli.report.Printable;
import dev.stanch.revokers.spi.Provider;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Trusts a plugin.
@Command(
    name = "trust",
    description = {
      "Trusts a jar or a descriptor as it is now: from then on it is loaded wherever it stands in"
          + " a plugin folder. Loads it, and prints its providers, every host that their tokens may"
          + " be sent to, and the credentials of yours that it asks with.",
      "A jar is a program: it runs as you, with the tokens of its providers in its hands."
    },
    footer = {"", "Example:", "  stanch plugins trust ~/.config/stanch/plugins/acme.jar"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class PluginsTrustCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Parameters(paramLabel = "FILE", description = "The jar, or the descriptor (.yml).")
  private Path file;

  @Option(
      names = "--credential",
      paramLabel = "VARIABLE",
      split = ",",
      description =
          "Lets it ask with this credential of yours although it is another provider's, or the"
              + " login of a tool.")
  private Set<String> credentials = new HashSet<>();

  PluginsTrustCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault {
    PluginFolders.Trusted trusted = wiring.plugins().trust(file, credentials);
    PrintWriter out = wiring.console().out();
    out.println("trusted: " + Printable.of(trusted.name()) + "  sha256 " + trusted.digest());
    for (Provider provider : trusted.providers()) {
      out.println(
          "  "
              + provider.id()
              + ": "
              + Printable.of(String.join(", ", new TreeSet<>(provider.hosts()))));
      for (PluginFolders.Wanted wanted : trusted.wanted()) {
        if (wanted.provider().equals(provider)) {
          out.println(
              "    with your "
                  + wanted.variable()
                  + (wanted.others().isEmpty() ? "" : ", " + Printable.of(wanted.others())));
        }
      }
    }
    out.flush();
    return ExitCode.CLEAN.value();
  }
}
