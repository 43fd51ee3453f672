package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.scan.Detector;
import dev.stanch.detectors.scan.HistoryScanner;
import dev.stanch.detectors.scan.ScanProgress;
import dev.stanch.detectors.scan.ScanResult;
import dev.stanch.detectors.source.Source;
import dev.stanch.detectors.source.SourceException;
import dev.stanch.detectors.source.container.ContainerEngine;
import dev.stanch.detectors.source.container.EngineSource;
import dev.stanch.detectors.source.directory.DirectorySource;
import dev.stanch.detectors.source.git.GitRepository;
import dev.stanch.detectors.source.process.ProcessSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/// Opens sources of tokens and scans them with one detector.
final class SourceReader {
  private final Wiring wiring;
  private final ScanOptions options;
  private final Detector detector;
  private final ScanProgress progress;
  private final BiConsumer<ScanResult, Predicate<HeldFinding>> into;

  /// @param into takes what was read, with which of its tokens are wanted; it closes the result
  SourceReader(
      Wiring wiring,
      ScanOptions options,
      Detector detector,
      ScanProgress progress,
      BiConsumer<ScanResult, Predicate<HeldFinding>> into) {
    this.wiring = wiring;
    this.options = options;
    this.detector = detector;
    this.progress = progress;
    this.into = into;
  }

  /// Scans a source.
  void scan(Source source, Predicate<HeldFinding> wanted)
      throws UserFault, SourceException, InterruptedException {
    add(wiring.scanner(detector, options.threads()).scan(source, progress), wanted);
  }

  /// Scans everything that the refs of a repository reach.
  void history(Path where, Predicate<HeldFinding> wanted)
      throws UserFault, SourceException, InterruptedException {
    GitRepository repository = GitRepository.find(where, Map.of());
    add(
        wiring
            .historyScanner(detector, options.threads())
            .scan(
                repository,
                repository.workTree().orElse(repository.gitFolder()).toUri().toString(),
                HistoryScanner.Scope.REACHABLE,
                progress),
        wanted);
  }

  /// Containers of the engine, an image of it, or one in a file.
  void contained(String source, Predicate<HeldFinding> wanted)
      throws UserFault, SourceException, InterruptedException {
    var environment = wiring.console().environment();
    String name = source.substring(source.indexOf(':') + 1);
    if (source.startsWith("image:")) {
      try (var image = ScanContainerCommand.image(name, environment)) {
        scan(image, wanted);
      }
    } else {
      try (var engine = ContainerEngine.of(environment.variables())) {
        scan(new EngineSource(engine, name.isEmpty() ? List.of() : List.of(name)), wanted);
      }
    }
  }

  /// The environment of processes.
  ///
  /// @param which a number, `all`, or this process where it is empty
  Source process(String which) throws UserFault {
    if (which.isEmpty() || which.equals(ProcessSource.SELF)) {
      return ProcessSource.ofEnvironment(wiring.console().environment().variables());
    }
    if (which.equals("all")) {
      return ProcessSource.allBut(ScanEnvCommand.PROC, ProcessHandle.current().pid());
    }
    try {
      return ProcessSource.of(ScanEnvCommand.PROC, List.of(Long.parseLong(which)));
    } catch (NumberFormatException _) {
      throw UserFault.of(
          ExitCode.USAGE, "no such source: env:" + which, "use env:, env:PID or env:all");
    }
  }

  /// What hosts keep; whoever calls closes.
  Hosted hosted() throws UserFault {
    return new Hosted(wiring, detector, progress, options.threads());
  }

  /// A file, ignored or not.
  static Source file(Path file) {
    return new DirectorySource(file, DirectorySource.Ignored.SCANNED);
  }

  /// Takes what something else read.
  void add(ScanResult result, Predicate<HeldFinding> wanted) {
    into.accept(result, wanted);
  }
}
