package dev.stanch.detectors.model;

import static java.util.Objects.requireNonNull;

/// Something that was not read. A *skip* should have been read and makes the run incomplete; an
/// *exclusion* is left out by intent (ignored, a device, a submodule) and does not.
public record Skip(Kind kind, String container, String path, String reason) {
  /// Why it was not read.
  public enum Kind {
    /// Should have been read: exit 3.
    SKIPPED,
    /// Left out by intent.
    EXCLUDED
  }

  public Skip {
    requireNonNull(kind, "kind");
    requireNonNull(container, "container");
    requireNonNull(path, "path");
    requireNonNull(reason, "reason");
  }
}
