package dev.stanch.detectors.model;

import java.util.Locale;

/// What a stranger can do with a token, the worst first.
public enum Severity {
  /// Act as the owner, take over, spend.
  CRITICAL,
  /// Read private data or write somewhere.
  HIGH,
  /// Limited reach.
  MEDIUM,
  /// Public by design, or test mode.
  LOW;

  /// The name in reports and rule files.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
