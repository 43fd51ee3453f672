package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.cli.report.DoctorReport;
import dev.stanch.cli.report.DoctorReport.Check;
import dev.stanch.cli.report.ListFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Looks at what Stanch works with on this machine.
@Command(
    name = "doctor",
    description = {
      "Looks at what Stanch works with on this machine, and says how to put it right.",
      "",
      "That is its run time and git, the container engine, the kubeconfig, the operator's tokens"
          + " and its own files. Prints no token. Exits with 1 if something is wrong."
    },
    footer = {
      "",
      "Examples:",
      "  stanch doctor",
      "  stanch doctor --verify",
      "  stanch doctor --format json",
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
public final class DoctorCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Option(
      names = "--verify",
      description =
          "Asks the tokens' own providers whether they are live and what they may do: read-only"
              + " calls. Without it nobody outside this machine is asked anything.")
  private boolean verify;

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private ListFormat format;

  /// The command.
  public DoctorCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault, InterruptedException, IOException {
    var checks = new ArrayList<Check>();
    var machine = new MachineChecks(wiring.console().environment());
    checks.add(machine.runTime());
    checks.add(machine.startUpCaches());
    checks.add(machine.git());
    checks.add(machine.containerEngine());
    checks.add(machine.kubeconfig());
    checks.addAll(
        new TokenChecks(wiring)
            .of(verify ? TokenChecks.Asking.PROVIDERS : TokenChecks.Asking.NOBODY));
    checks.addAll(new OwnFileChecks(wiring).all());
    var report = new DoctorReport(checks);
    report.write(format, wiring.console().out());
    return (report.wrong() ? ExitCode.FINDINGS : ExitCode.CLEAN).value();
  }
}
