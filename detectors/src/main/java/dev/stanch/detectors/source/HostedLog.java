package dev.stanch.detectors.source;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.Provenance;
import dev.stanch.detectors.model.Skip;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A log that a host keeps, fetched while it is scanned. Of a long one the beginning is read.
public final class HostedLog implements Chunk {
  private static final long LONGEST = 64L << 20;

  private final Provenance provenance;
  private final SourceSink problems;
  private final Opening opening;

  /// Asks for a log.
  @FunctionalInterface
  public interface Opening {
    /// The text as it comes; whoever asks closes it. Where there is none, the log is told why.
    InputStream open(HostedLog log) throws IOException;
  }

  /// A log that is asked for when it is read.
  ///
  /// @param problems told what was not read
  public HostedLog(Provenance provenance, SourceSink problems, Opening opening) {
    this.provenance = requireNonNull(provenance, "provenance");
    this.problems = requireNonNull(problems, "problems");
    this.opening = requireNonNull(opening, "opening");
  }

  /// Says why it should have been read and was not.
  public InputStream skipped(String reason) {
    return tell(Skip.Kind.SKIPPED, reason);
  }

  /// Says why there is nothing to read.
  public InputStream excluded(String reason) {
    return tell(Skip.Kind.EXCLUDED, reason);
  }

  private InputStream tell(Skip.Kind kind, String reason) {
    problems.skip(new Skip(kind, provenance.container(), provenance.path(), reason));
    return InputStream.nullInputStream();
  }

  @Override
  public Provenance provenance() {
    return provenance;
  }

  @Override
  public long size() {
    return -1;
  }

  @Override
  public InputStream open() throws IOException {
    return new Beginning(opening.open(this));
  }

  /// As much of it as is read.
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
          skipped("longer than " + (LONGEST >> 20) + " MiB: the rest was not read");
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
