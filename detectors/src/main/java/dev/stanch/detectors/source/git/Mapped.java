package dev.stanch.detectors.source.git;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A file mapped read-only, of any size; its numbers are big-endian, as everywhere in git's files.
///
/// Reading out of bounds throws [IndexOutOfBoundsException]; a file cut under the scan throws
/// [InternalError] (that is how the JVM reports it), so callers that walk entries catch both.
final class Mapped {
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private final MemorySegment bytes;
  private final long size;

  private Mapped(MemorySegment bytes) {
    this.bytes = bytes;
    this.size = bytes.byteSize();
  }

  /// Maps a file for as long as `arena` lives.
  static Mapped open(Path file, Arena arena) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return new Mapped(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena));
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
    return bytes.get(ValueLayout.JAVA_BYTE, at) & 0xff;
  }

  int i32(long at) {
    return bytes.get(INT, at);
  }

  long u32(long at) {
    return bytes.get(INT, at) & 0xffffffffL;
  }

  long i64(long at) {
    return bytes.get(LONG, at);
  }

  void copy(long from, byte[] to, int at, int length) {
    MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, from, to, at, length);
  }

  int[] ints(long from, int count) {
    int[] numbers = new int[count];
    MemorySegment.copy(bytes, INT, from, numbers, 0, count);
    return numbers;
  }
}
