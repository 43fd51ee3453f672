package dev.stanch.detectors.source.git;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// A file mapped read-only, of any size; its numbers are big-endian, as everywhere in git's files.
///
/// Reading out of bounds throws [IndexOutOfBoundsException]; a file cut under the scan throws
/// [InternalError] (that is how the JVM reports it), so callers that walk entries catch both.
final class Mapped {
  /// Apart, so that a hook, which maps small files as buffers, does not set them up.
  private static final class Layout {
    static final ValueLayout.OfInt INT =
        ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    static final ValueLayout.OfLong LONG =
        ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private Layout() {}
  }

  private final @Nullable MemorySegment bytes;
  private final @Nullable ByteBuffer buffer;
  private final long size;

  private Mapped(MemorySegment bytes) {
    this.bytes = bytes;
    this.buffer = null;
    this.size = bytes.byteSize();
  }

  private Mapped(ByteBuffer buffer) {
    this.bytes = null;
    this.buffer = buffer;
    this.size = buffer.capacity();
  }

  /// Maps a file for as long as `arena` lives; without one for as long as it is used.
  static Mapped open(Path file, @Nullable Arena arena) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (arena == null && channel.size() <= Integer.MAX_VALUE) {
        // Mapped as a buffer: the handles through which a segment is read are made anew in every
        // process, which a hook feels.
        return new Mapped(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
      }
      return of(channel, arena == null ? Arena.ofAuto() : arena);
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
    return (segment != null ? segment.get(ValueLayout.JAVA_BYTE, at) : buffer().get(index(at)))
        & 0xff;
  }

  int i32(long at) {
    MemorySegment segment = bytes;
    return segment != null ? segment.get(Layout.INT, at) : buffer().getInt(index(at));
  }

  long u32(long at) {
    return i32(at) & 0xffffffffL;
  }

  long i64(long at) {
    MemorySegment segment = bytes;
    return segment != null ? segment.get(Layout.LONG, at) : buffer().getLong(index(at));
  }

  void copy(long from, byte[] to, int at, int length) {
    MemorySegment segment = bytes;
    if (segment != null) {
      MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, from, to, at, length);
    } else {
      buffer().get(index(from), to, at, length);
    }
  }

  int[] ints(long from, int count) {
    int[] numbers = new int[count];
    MemorySegment segment = bytes;
    if (segment != null) {
      MemorySegment.copy(segment, Layout.INT, from, numbers, 0, count);
    } else {
      for (int i = 0; i < count; i++) {
        numbers[i] = buffer().getInt(index(from + 4L * i));
      }
    }
    return numbers;
  }

  private ByteBuffer buffer() {
    return requireNonNull(buffer);
  }

  private static int index(long at) {
    if (at < 0 || at > Integer.MAX_VALUE) {
      throw new IndexOutOfBoundsException(at);
    }
    return (int) at;
  }
}
