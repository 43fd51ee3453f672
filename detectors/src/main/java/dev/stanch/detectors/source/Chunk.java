package dev.stanch.detectors.source;

import dev.stanch.detectors.model.Location;
import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.Provenance;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// One text of a source, with its provenance. Opened once, by the thread that scans it.
public interface Chunk {
  /// Where the text comes from.
  Provenance provenance();

  /// The places of what stands at `location` of the text: several where it is read once for all
  /// that have it. One that is put together from several named values tells the value.
  default List<Place> places(Location location, List<String> via) {
    return List.of(new Place(provenance(), location, via));
  }

  /// Its size in bytes, or -1 where that is not known before reading. A hint: the text may have
  /// changed since.
  long size();

  /// Opens the text; the caller closes it.
  InputStream open() throws IOException;

  /// Hands over the texts of it: itself, or, where one stream holds many files, each of them as the
  /// reading comes to it.
  default void each(Texts texts) throws IOException {
    texts.text(this);
  }

  /// Takes the texts of a chunk.
  interface Texts {
    /// A text, to be read before this returns.
    void text(Chunk text) throws IOException;

    /// A text that is left out by intent.
    void excluded(Provenance what, String reason);
  }
}
