package dev.stanch.detectors.source.git;

import java.io.IOException;
import java.io.InputStream;

/// Looks at the blobs of a [BlobWalk]; each thread of the walk has one of its own.
public interface BlobVisitor {
  /// Looks at one blob, after its delta base and before its delta children.
  ///
  /// The frame and the arrays it hands out are overwritten after the call returns: whatever the
  /// visitor wants to know of a base when its children come, it keeps by [BlobFrame#depth()].
  void blob(BlobFrame frame);

  /// Looks at a blob too large to be held in memory; nothing is known of its base.
  void largeBlob(int entry, long size, InputStream content) throws IOException;
}
