package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.PluginFolders;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.cli.report.Printable;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// Lists the plugins.
@Command(
    name = "list",
    description = "Lists the plugins, their digests, and whether they are trusted. Runs none.",
    footer = {"", "Example:", "  stanch plugins list --plugins ./our-plugins"})
final class PluginsListCommand implements Callable<Integer> {
  private final Wiring wiring;

  PluginsListCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault {
    PrintWriter out = wiring.console().out();
    for (PluginFolders.Row row : wiring.plugins().rows()) {
      out.println(
          String.join(
              "  ", Printable.of(row.file().toString()), row.digest(), Printable.of(row.state())));
    }
    out.flush();
    return ExitCode.CLEAN.value();
  }
}
