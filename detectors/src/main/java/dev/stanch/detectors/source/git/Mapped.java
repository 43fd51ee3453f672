package dev.stanch.detectors.source.git;

import static java.util.Objects.requireNonNull;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A file read at any place, of any size; its numbers are big-endian, as everywhere in git's files.
/// It is mapped; or read piece by piece for a hook, which reads little of it and would feel the
/// JVM's setting up of mappings.
///
/// Thread-safe. Reading out of bounds throws [IndexOutOfBoundsException]; a file cut under the scan
/// throws [InternalError] (that is how the JVM reports it), so callers that walk entries catch
/// both.
final class Mapped implements Closeable {
  /// Apart, so that a hook does not set them up.
  private static final class Layout {
    static final ValueLayout.OfInt INT =
        ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    static final ValueLayout.OfLong LONG =
        ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private Layout() {}
  }

  private final @Nullable MemorySegment bytes;
  private final @Nullable Pieces pieces;
  private final long size;

  private Mapped(MemorySegment bytes) {
    this.bytes = bytes;
    this.pieces = null;
    this.size = bytes.byteSize();
  }

  private Mapped(Pieces pieces, long size) {
    this.bytes = null;
    this.pieces = pieces;
    this.size = size;
  }

  /// Maps a file for as long as `arena` lives.
  static Mapped open(Path file, Arena arena) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return of(channel, arena);
    }
  }

  /// Opens a file to be read piece by piece; whoever calls closes.
  static Mapped openPieces(Path file) throws IOException {
    var opened = new RandomAccessFile(file.toFile(), "r");
    try {
      return new Mapped(new Pieces(opened), opened.length());
    } catch (IOException | RuntimeException | Error e) {
      opened.close();
      throw e;
    }
  }

  /// Closes what was opened by [#openPieces]; a mapping ends with its arena.
  @Override
  public void close() throws IOException {
    if (pieces != null) {
      pieces.file.close();
    }
  }

  /// The part of a file that was read last.
  private static final class Pieces {
    private final RandomAccessFile file;
    private final byte[] piece = new byte[1 << 12];
    private long begin;
    private int length;

    Pieces(RandomAccessFile file) {
      this.file = file;
    }

    synchronized int u8(long at) {
      return piece[index(at, 1)] & 0xff;
    }

    synchronized int i32(long at) {
      return BigEndian.i32(piece, index(at, Integer.BYTES));
    }

    synchronized long i64(long at) {
      return BigEndian.i64(piece, index(at, Long.BYTES));
    }

    synchronized void copy(long from, byte[] to, int at, int count) {
      if (count > piece.length) {
        Objects.checkFromIndexSize(at, count, to.length);
        if (read(from, to, at, count) < count) {
          throw new IndexOutOfBoundsException(from);
        }
      } else {
        System.arraycopy(piece, index(from, count), to, at, count);
      }
    }

    private int index(long at, int wanted) {
      if (at < begin || at > begin + length - wanted) {
        begin = at;
        length = 0;
        length = read(at, piece, 0, piece.length);
        if (length < wanted) {
          throw new IndexOutOfBoundsException(at);
        }
      }
      return (int) (at - begin);
    }

    private int read(long from, byte[] to, int at, int most) {
      if (from < 0) {
        throw new IndexOutOfBoundsException(from);
      }
      try {
        file.seek(from);
        int got = 0;
        for (int n = 0; n >= 0 && got < most; n = file.read(to, at + got, most - got)) {
          got += n;
        }
        return got;
      } catch (IOException e) {
        throw new InternalError(e); // as a mapped file would
      }
    }
  }

  /// Maps an open file for as long as `arena` lives.
  static Mapped of(FileChannel channel, Arena arena) throws IOException {
    return new Mapped(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena));
  }

  long size() {
    return size;
  }

  int u8(long at) {
    MemorySegment segment = bytes;
    return segment != null
        ? segment.get(ValueLayout.JAVA_BYTE, at) & 0xff
        : requireNonNull(pieces).u8(at);
  }

  int i32(long at) {
    MemorySegment segment = bytes;
    return segment != null ? segment.get(Layout.INT, at) : requireNonNull(pieces).i32(at);
  }

  long u32(long at) {
    return i32(at) & 0xffffffffL;
  }

  long i64(long at) {
    MemorySegment segment = bytes;
    return segment != null ? segment.get(Layout.LONG, at) : requireNonNull(pieces).i64(at);
  }

  void copy(long from, byte[] to, int at, int length) {
    MemorySegment segment = bytes;
    if (segment != null) {
      MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, from, to, at, length);
    } else {
      requireNonNull(pieces).copy(from, to, at, length);
    }
  }

  int[] ints(long from, int count) {
    int[] numbers = new int[count];
    MemorySegment segment = bytes;
    if (segment != null) {
      MemorySegment.copy(segment, Layout.INT, from, numbers, 0, count);
    } else {
      for (int i = 0; i < count; i++) {
        numbers[i] = i32(from + 4L * i);
      }
    }
    return numbers;
  }
}
