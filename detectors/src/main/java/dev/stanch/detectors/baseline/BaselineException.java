package dev.stanch.detectors.baseline;

import java.io.IOException;

/// A baseline that cannot be read; the message names the line and quotes nothing.
public final class BaselineException extends IOException {
  private static final long serialVersionUID = 1;

  BaselineException(int line, String message) {
    super("line " + line + ": " + message);
  }
}
