package dev.stanch.revokers.run;

/// Ends a run at an instant of its own choosing, as a process that is killed ends.
final class Kill {
  private int left = Integer.MAX_VALUE;
  private boolean struck;

  /// What a killed run ends with: nothing keeps it with the provider in whose call it happens.
  static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  /// The run ends at this instant from now on; from then on every call is too late.
  synchronized void after(int instants) {
    left = instants;
    struck = false;
  }

  synchronized void never() {
    left = Integer.MAX_VALUE;
  }

  /// One instant at which a process may end.
  synchronized void here() {
    if (left != Integer.MAX_VALUE && --left <= 0) {
      left = 0;
      struck = true;
      throw new Killed();
    }
  }

  /// Whether it came to that since it was last set.
  synchronized boolean struckOnce() {
    return struck;
  }
}
