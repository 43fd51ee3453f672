package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.detectors.source.Source;
import dev.stanch.detectors.source.process.ProcessSource;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Scans the environments of processes.
@Command(
    name = "env",
    description = "Finds tokens in the environment of this process, or of others.",
    footer = {
      "",
      "Other processes are read under /proc: the environment and the command line that they were",
      "started with. Those of other users can be read by root alone.",
      "",
      "Examples:",
      "  stanch scan env",
      "  stanch scan env --pid 4711 --pid 4712",
      "  sudo stanch scan env --all --format jsonl",
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class ScanEnvCommand implements Callable<Integer> {
  static final Path PROC = Path.of("/proc");

  private final Wiring wiring;

  @Option(
      names = "--pid",
      paramLabel = "PID",
      description = "The process with this number, instead of this one; may be repeated.")
  private List<Long> processes = List.of();

  @Option(names = "--all", description = "Every process that can be read, but this one.")
  private boolean all;

  @Mixin private ScanOptions scan;
  @Mixin private ScanOnlyOptions only;
  @Mixin private ReportOptions report;

  ScanEnvCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault, InterruptedException {
    return new ScanRun(wiring, scan, only, report).run(source());
  }

  private Source source() throws UserFault {
    if (all && !processes.isEmpty()) {
      throw UserFault.of(ExitCode.USAGE, "--all and --pid exclude each other");
    }
    if (all) {
      return ProcessSource.allBut(PROC, ProcessHandle.current().pid());
    }
    return processes.isEmpty()
        ? ProcessSource.ofEnvironment(wiring.console().environment().variables())
        : ProcessSource.of(PROC, processes);
  }
}
