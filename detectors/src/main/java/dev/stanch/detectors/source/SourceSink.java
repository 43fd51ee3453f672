package dev.stanch.detectors.source;

import dev.stanch.detectors.model.InventoryEntry;
import dev.stanch.detectors.model.Skip;

/// Takes what a source finds.
public interface SourceSink {
  /// A text to scan. May block while the scanner is busy.
  void chunk(Chunk chunk) throws InterruptedException;

  /// Something that was not read, or left out by intent.
  void skip(Skip skip);

  /// A secret whose value nobody shows.
  default void entry(InventoryEntry entry) {}

  /// So many bytes are still to come, as far as the source knows; for progress alone.
  default void expect(long bytes) {}
}
