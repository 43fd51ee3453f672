package dev.stanch.detectors.source.git;

import java.io.IOException;
import java.io.InputStream;

/// Objects that are not held in memory.
final class LargeObject {
  private LargeObject() {}

  static void visit(ObjectTable table, EntryReader reader, int entry, BlobVisitor visitor)
      throws CorruptException, IOException {
    long size = reader.open(entry);
    if (table.base(entry) != ObjectTable.NONE) {
      table
          .problems()
          .add(Problem.Kind.TOO_LARGE, table.name(entry), "a large object stored as a delta");
      return;
    }
    try (InputStream content = reader.openStream()) {
      visitor.largeBlob(entry, size, content);
    }
  }
}
