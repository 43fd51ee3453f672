package dev.stanch.detectors.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/// A tar that gives up before its headers or its holes take more than what is packed could be
/// worth: a list of holes may be as long as a file, and even to pass over a sparse file is to
/// unfold it.
public final class BoundedTar extends TarArchiveInputStream {
  /// Names, attributes and lists of holes of one member have this many bytes at most.
  private static final int LONGEST_HEADERS = 1 << 20;

  private final Headers plain;
  private final Holes holes;

  /// Told how large each sparse member unfolds, before it is passed over; throws when that is too
  /// much.
  @FunctionalInterface
  public interface Holes {
    /// Allows for `count` bytes more, or throws.
    void take(long count) throws IOException;
  }

  private BoundedTar(Headers plain, Holes holes) {
    super(plain, UTF_8.name());
    this.plain = plain;
    this.holes = requireNonNull(holes, "holes");
  }

  /// Reads the unpacked tar `in`.
  public static BoundedTar of(InputStream in, Holes holes) {
    return new BoundedTar(new Headers(in), holes);
  }

  @Override
  public TarArchiveEntry getNextEntry() throws IOException {
    if (plain.counted) {
      return super.getNextEntry(); // which asks for the member behind its extended headers
    }
    if (getCurrentEntry() != null) {
      skip(Long.MAX_VALUE); // what is left of the one before is no header
    }
    plain.begin();
    TarArchiveEntry entry = super.getNextEntry();
    plain.counted = false;
    if (entry != null && entry.isSparse()) {
      holes.take(Math.max(0, entry.getRealSize()));
    }
    return entry;
  }

  /// Ends with an error where headers are too long.
  private static final class Headers extends FilterInputStream {
    private boolean counted;
    private int left;

    Headers(InputStream in) {
      super(in);
    }

    void begin() {
      counted = true;
      left = LONGEST_HEADERS;
    }

    @Override
    public int read() throws IOException {
      int value = in.read();
      count(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
      int count = in.read(into, at, length);
      count(count);
      return count;
    }

    @Override
    public long skip(long most) throws IOException {
      long skipped = in.skip(most);
      count(skipped);
      return skipped;
    }

    private void count(long read) throws LimitException {
      if (!counted || read <= 0) {
        return;
      }
      left -= (int) Math.min(read, LONGEST_HEADERS + 1);
      if (left < 0) {
        throw new LimitException("headers of more than " + (LONGEST_HEADERS >> 20) + " MiB");
      }
    }
  }
}
