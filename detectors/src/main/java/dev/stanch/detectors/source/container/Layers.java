package dev.stanch.detectors.source.container;

import dev.stanch.detectors.source.BoundedTar;
import dev.stanch.detectors.source.LimitException;
import io.airlift.compress.v3.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/// Which files of an image's layers its containers still see: a later layer may replace one, or
/// take it away with a whiteout, and what it took away is still in the image.
final class Layers {
  private static final String WHITEOUT = ".wh.";
  private static final String OPAQUE = ".wh..wh..opq";
  private static final int MOST_NAMES = 5_000_000;

  /// A layer unpacks to at most this many times its size, once past [#GRACE]: no file system packs
  /// better, and a bomb does.
  private static final long MOST_RATIO = 1000;

  private static final long GRACE = 1L << 30;

  /// No layer, as above the topmost.
  static final Layers NONE = new Layers(Names.NONE, null);

  private final Names lowest;
  private final @Nullable Layers others;

  private Layers(Names lowest, @Nullable Layers others) {
    this.lowest = lowest;
    this.others = others;
  }

  /// The names of one layer, as hashes: a layer may have a million of them.
  static final class Names {
    /// What a layer that cannot be read brings and takes.
    static final Names NONE = new Names(new Hashes(), new Hashes(), new Hashes());

    /// What it brings, but folders.
    private final long[] files;

    /// What it takes away.
    private final long[] removed;

    /// Folders whose former content it takes away.
    private final long[] emptied;

    private Names(Hashes files, Hashes removed, Hashes emptied) {
      this.files = files.sorted();
      this.removed = removed.sorted();
      this.emptied = emptied.sorted();
    }

    /// Reads the names of a layer.
    static Names of(TarArchiveInputStream tar) throws IOException {
      var files = new Hashes();
      var removed = new Hashes();
      var emptied = new Hashes();
      for (TarArchiveEntry entry = next(tar); entry != null; entry = next(tar)) {
        String path = normal(entry.getName());
        int slash = path.lastIndexOf('/');
        String name = path.substring(slash + 1);
        if (name.equals(OPAQUE)) {
          emptied.add(path.substring(0, Math.max(slash, 0)));
        } else if (name.startsWith(WHITEOUT)) {
          removed.add(path.substring(0, slash + 1) + name.substring(WHITEOUT.length()));
        } else if (!entry.isDirectory()) {
          files.add(path);
        }
      }
      return new Names(files, removed, emptied);
    }

    /// Whether a container on top of this layer sees nothing more of what lay at `path` below it.
    boolean hides(String path) {
      if (has(files, path) || has(removed, path)) {
        return true;
      }
      for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
        String folder = path.substring(0, slash);
        if (has(files, folder) || has(removed, folder) || has(emptied, folder)) {
          return true;
        }
      }
      return has(emptied, "");
    }

    private static boolean has(long[] hashes, String path) {
      return Arrays.binarySearch(hashes, hash(path)) >= 0;
    }
  }

  /// These and one below them.
  Layers and(Names below) {
    return new Layers(below, this);
  }

  /// Whether a container on top of them sees what lies at `path` below them.
  boolean leave(String path) {
    for (Layers each = this; each != null; each = each.others) {
      if (each.lowest.hides(path)) {
        return false;
      }
    }
    return true;
  }

  /// Whether a member of a layer stands for the absence of another.
  static boolean isWhiteout(String path) {
    return path.substring(path.lastIndexOf('/') + 1).startsWith(WHITEOUT);
  }

  /// A path from the root, without `/` or `./` before it or behind it.
  static String normal(String path) {
    int start = 0;
    int end = path.length();
    while (path.startsWith("./", start) || path.startsWith("/", start)) {
      start += path.charAt(start) == '/' ? 1 : 2;
    }
    while (end > start && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(start, end);
  }

  /// The next member. The reader meets hostile headers with whatever comes first.
  static @Nullable TarArchiveEntry next(TarArchiveInputStream tar) throws IOException {
    try {
      return tar.getNextEntry();
    } catch (RuntimeException e) {
      throw new IOException("malformed", e);
    }
  }

  /// A layer's tar, whatever it is packed with.
  ///
  /// @param size of the packed layer
  static TarArchiveInputStream unpacked(InputStream layer, long size) throws IOException {
    var in = new BufferedInputStream(layer, 1 << 16);
    in.mark(4);
    byte[] magic = in.readNBytes(4);
    in.reset();
    InputStream plain;
    if (magic.length == 4 && (magic[0] & 0xff) == 0x1f && (magic[1] & 0xff) == 0x8b) {
      plain = new GZIPInputStream(in, 1 << 16);
    } else if (magic.length == 4
        && (magic[0] & 0xff) == 0x28
        && (magic[1] & 0xff) == 0xb5
        && (magic[2] & 0xff) == 0x2f
        && (magic[3] & 0xff) == 0xfd) {
      plain = new ZstdInputStream(in);
    } else {
      plain = in;
    }
    return BoundedTar.of(bounded(plain, Math.max(GRACE, size * MOST_RATIO)), holes());
  }

  private static BoundedTar.Holes holes() {
    var left = new AtomicLong(GRACE);
    return size -> {
      if (left.addAndGet(-Math.min(size, GRACE + 1)) < 0) {
        throw new LimitException("holds sparse files of more than " + (GRACE >> 20) + " MiB");
      }
    };
  }

  /// A bomb is one long file as well as many.
  private static InputStream bounded(InputStream in, long most) {
    return new FilterInputStream(in) {
      private long left = most;

      @Override
      public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] buffer, int from, int length) throws IOException {
        try {
          int count = super.read(buffer, from, length);
          return (int) counted(count, count);
        } catch (RuntimeException e) { // so zstd's reader says what is not well-formed
          throw new IOException("malformed", e);
        }
      }

      @Override
      public long skip(long count) throws IOException {
        long skipped = super.skip(count);
        return counted(skipped, skipped);
      }

      private long counted(long count, long result) throws IOException {
        left -= Math.max(0, count);
        if (left < 0) {
          throw new LimitException("unpacks to more than " + MOST_RATIO + " times its size");
        }
        return result;
      }
    };
  }

  /// FNV-1a over the characters. Two paths of one hash would at worst turn one "deleted later".
  private static long hash(String path) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < path.length(); i++) {
      hash = (hash ^ path.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }

  private static final class Hashes {
    private long[] hashes = new long[256];
    private int size;

    void add(String path) throws IOException {
      if (size == hashes.length) {
        if (size >= MOST_NAMES) {
          throw new LimitException("more than " + MOST_NAMES + " files");
        }
        hashes = Arrays.copyOf(hashes, size * 2);
      }
      hashes[size++] = hash(path);
    }

    long[] sorted() {
      long[] sorted = Arrays.copyOf(hashes, size);
      Arrays.sort(sorted);
      return sorted;
    }
  }
}
