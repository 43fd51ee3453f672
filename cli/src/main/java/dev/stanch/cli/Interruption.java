package dev.stanch.cli;

import java.util.ArrayList;
import java.util.List;

/// A person's wish to stop early (Ctrl-C, or a polite kill). Whoever works registers what to do
/// then, and still writes what it has. Thread-safe.
public final class Interruption {
  private final List<Runnable> actions = new ArrayList<>();
  private boolean requested;

  /// Nobody has asked yet.
  public Interruption() {}

  /// Runs `action` when the run is asked to stop, or now if it already was.
  public void onRequest(Runnable action) {
    synchronized (this) {
      if (!requested) {
        actions.add(action);
        return;
      }
    }
    action.run();
  }

  /// Asks the run to stop; only the first call does something.
  public void request() {
    List<Runnable> all;
    synchronized (this) {
      if (requested) {
        return;
      }
      requested = true;
      all = List.copyOf(actions);
    }
    all.forEach(Runnable::run);
  }

  /// Whether the run was asked to stop.
  public synchronized boolean requested() {
    return requested;
  }
}
