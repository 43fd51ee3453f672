package dev.stanch.detectors.source;

import dev.stanch.detectors.model.Provenance;
import java.io.IOException;
import java.io.InputStream;

/// One text of a source, with its provenance. Opened once, by the thread that scans it.
public interface Chunk {
  /// Where the text comes from.
  Provenance provenance();

  /// Its size in bytes, or -1 where that is not known before reading. A hint: the text may have
  /// changed since.
  long size();

  /// Opens the text; the caller closes it.
  InputStream open() throws IOException;
}
