package dev.stanch.cli.command;

import dev.stanch.detectors.scan.ScanProgress;
import dev.stanch.detectors.source.git.TemporaryClone;

/// A clone that is made for a scan, as part of it.
record CloneProgress(ScanProgress progress) implements TemporaryClone.Watcher {
  @Override
  public boolean stopping() {
    return progress.stopping();
  }

  @Override
  public void at(String what) {
    progress.phase(what);
  }
}
