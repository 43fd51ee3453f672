package dev.stanch.detectors.source;

import java.io.IOException;

/// A text that changed while it was read. Opened again, it may hold still.
public final class ChangedException extends IOException {
  private static final long serialVersionUID = 1;

  /// A text that is not what it was.
  public ChangedException() {
    super("changed while it was read");
  }
}
