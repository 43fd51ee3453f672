package dev.stanch.detectors.scan;

import dev.stanch.detectors.model.Location;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Counts lines up to growing positions of one text.
final class Lines {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long LOW = 0x7f * ONES;

  private int line = 1;
  private long lineStart;
  private long counted;

  /// Counts the line ends of `bytes[from, to)`, where `bytes[0]` stands at `base` in the text.
  /// Parts already counted are passed over.
  void countTo(byte[] bytes, long base, int to) {
    int from = (int) (counted - base);
    if (from >= to) {
      return;
    }
    int at = from;
    int ends = 0;
    for (; at <= to - Long.BYTES; at += Long.BYTES) { // eight bytes at a time
      long other = (long) LONG.get(bytes, at) ^ '\n' * ONES;
      long none = ~((other & LOW) + LOW | other | LOW); // the high bit of each byte that is zero
      ends += (int) ((none >>> 7) * ONES >>> 56);
    }
    for (; at < to; at++) {
      ends += bytes[at] == '\n' ? 1 : 0;
    }
    if (ends > 0) {
      line += ends;
      while (bytes[at - 1] != '\n') {
        at--;
      }
      lineStart = base + at;
    }
    counted = base + to;
  }

  /// The location of `bytes[from, to)`, which begins where counting has come to or later.
  Location locate(byte[] bytes, long base, int from, int to) {
    countTo(bytes, base, from);
    int firstLine = line;
    int firstColumn = (int) (base + from - lineStart) + 1;
    int endLine = line;
    long endLineStart = lineStart;
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\n') {
        endLine++;
        endLineStart = base + i + 1;
      }
    }
    return new Location(
        firstLine, firstColumn, endLine, (int) (base + to - endLineStart) + 1, base + from);
  }
}
