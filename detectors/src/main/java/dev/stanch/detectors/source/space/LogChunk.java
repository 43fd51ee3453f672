package dev.stanch.detectors.source.space;

import dev.stanch.detectors.model.Provenance;
import dev.stanch.detectors.model.Skip;
import dev.stanch.detectors.source.Chunk;
import dev.stanch.detectors.source.SourceSink;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/// A log of a Space, fetched while it is scanned.
///
/// @param which `build` or `run`
/// @param problems told what was not read
record LogChunk(
    Hub hub, HubRepository space, String which, Provenance provenance, SourceSink problems)
    implements Chunk {
  private static final long LONGEST = 64L << 20;

  @Override
  public long size() {
    return -1;
  }

  @Override
  public InputStream open() throws IOException {
    try {
      return new EventText(
          hub.openLog(space, which),
          LONGEST,
          bound -> skip("longer than " + (bound >> 20) + " MiB: the rest was not read"));
    } catch (HubRefusal e) {
      if (e.forbidden()) {
        skip("its logs are shown to its members alone, not to " + hub.whoever());
      } else if (!e.missing()) {
        skip("not told: " + e.getMessage());
      }
      return InputStream.nullInputStream();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  private void skip(String reason) {
    problems.skip(new Skip(Skip.Kind.SKIPPED, provenance.container(), provenance.path(), reason));
  }
}
