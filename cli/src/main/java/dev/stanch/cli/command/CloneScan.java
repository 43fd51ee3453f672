package dev.stanch.cli.command;

import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.detectors.model.Skip;
import dev.stanch.detectors.scan.Detector;
import dev.stanch.detectors.scan.HistoryScanner;
import dev.stanch.detectors.scan.ScanProgress;
import dev.stanch.detectors.scan.ScanResult;
import dev.stanch.detectors.source.SourceException;
import dev.stanch.detectors.source.git.HostLogin;
import dev.stanch.detectors.source.git.RemoteAddress;
import dev.stanch.detectors.source.git.TemporaryClone;
import java.util.List;

/// Scans of histories that are cloned for it, one at a time.
record CloneScan(Wiring wiring, Detector detector, ScanProgress progress, int threads) {
  /// The whole history of one repository; one that cannot be cloned is skipped.
  ScanResult run(RemoteAddress address, HostLogin login) throws UserFault, InterruptedException {
    try (var clone =
        TemporaryClone.of(
            address,
            login,
            wiring.console().environment().variables(),
            new CloneProgress(progress))) {
      progress.phase("");
      return wiring
          .historyScanner(detector, threads)
          .scan(clone.repository(), address.shown(), HistoryScanner.Scope.REACHABLE, progress);
    } catch (SourceException e) {
      return unread(address.shown(), String.valueOf(e.getMessage()));
    } finally {
      progress.phase("");
    }
  }

  private ScanResult unread(String container, String reason) {
    boolean stopped = progress.stopping();
    return new ScanResult(
        List.of(),
        stopped ? List.of() : List.of(new Skip(Skip.Kind.SKIPPED, container, "", reason)),
        stopped ? ScanResult.State.INTERRUPTED : ScanResult.State.INCOMPLETE,
        new ScanResult.Counts(0, 0, 0, 0));
  }
}
