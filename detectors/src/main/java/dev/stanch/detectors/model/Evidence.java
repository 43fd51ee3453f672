package dev.stanch.detectors.model;

import java.util.Locale;

/// What makes a match convincing, from the most to the least specific.
public enum Evidence {
  /// A check value inside the token was computed and fits.
  CHECKSUM,
  /// A prefix or infix of the format's own.
  PREFIX,
  /// The text parses: a key, JSON, a URL with credentials.
  STRUCTURE,
  /// The shape says little; a word beside it says the rest.
  CONTEXT,
  /// A value assigned to a telling name, of no known format.
  GENERIC;

  /// The name in rule files.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether a token of this evidence may be shown to its provider without `--verify-context`.
  public boolean provesProvider() {
    return this == CHECKSUM || this == PREFIX || this == STRUCTURE;
  }
}
