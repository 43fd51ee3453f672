package dev.stanch.detectors.source;

import java.io.IOException;

/// A bound was reached; what was read before counts.
public final class LimitException extends IOException {
  private static final long serialVersionUID = 1;

  /// Names the bound.
  public LimitException(String message) {
    super(message);
  }
}
