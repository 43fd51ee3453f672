package dev.stanch.detectors.source.github;

import dev.stanch.detectors.model.Provenance;
import dev.stanch.detectors.model.Skip;
import dev.stanch.detectors.source.Chunk;
import dev.stanch.detectors.source.SourceSink;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// The log of a job, fetched while it is scanned.
///
/// @param problems told what was not read
record JobLog(
    GitHubApi api, String repository, long job, Provenance provenance, SourceSink problems)
    implements Chunk {
  private static final long LONGEST = 64L << 20;

  @Override
  public long size() {
    return -1;
  }

  @Override
  public InputStream open() throws IOException {
    try {
      Optional<InputStream> log = api.openLog(repository, job);
      if (log.isPresent()) {
        return new Beginning(log.get());
      }
      tell(Skip.Kind.EXCLUDED, "GitHub has no log of it: it is kept no more, or not written yet");
      return InputStream.nullInputStream();
    } catch (GitHubRefusal e) {
      skip(e.hidden() ? "not shown to " + api.whoever() : "not told: " + e.getMessage());
      return InputStream.nullInputStream();
    }
  }

  private void skip(String reason) {
    tell(Skip.Kind.SKIPPED, reason);
  }

  private void tell(Skip.Kind kind, String reason) {
    problems.skip(new Skip(kind, provenance.container(), provenance.path(), reason));
  }

  /// As much of a log as is read.
  private final class Beginning extends FilterInputStream {
    private long left = LONGEST;

    Beginning(InputStream log) {
      super(log);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public long skip(long count) throws IOException {
      return Math.max(0, read(new byte[(int) Math.min(count, 1 << 14)]));
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      if (left == 0) {
        if (super.read() >= 0) {
          JobLog.this.skip("longer than " + (LONGEST >> 20) + " MiB: the rest was not read");
        }
        left = -1;
      }
      if (left < 0) {
        return -1;
      }
      int count = super.read(into, from, (int) Math.min(length, left));
      left -= Math.max(0, count);
      return count;
    }
  }
}
