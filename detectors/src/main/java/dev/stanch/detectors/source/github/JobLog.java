package dev.stanch.detectors.source.github;

import dev.stanch.detectors.model.Provenance;
import dev.stanch.detectors.model.Skip;
import dev.stanch.detectors.source.Chunk;
import dev.stanch.detectors.source.SourceSink;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

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
      return new Beginning(api.openLog(repository, job));
    } catch (GitHubRefusal e) {
      skip(e.hidden() ? "not shown to " + api.whoever() : "not told: " + e.getMessage());
      return InputStream.nullInputStream();
    }
  }

  private void skip(String reason) {
    problems.skip(new Skip(Skip.Kind.SKIPPED, provenance.container(), provenance.path(), reason));
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
