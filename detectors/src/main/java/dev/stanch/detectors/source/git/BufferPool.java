package dev.stanch.detectors.source.git;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Reusable byte arrays of one thread, bounded in their sum.
final class BufferPool {
  private static final int SMALLEST = 12; // as a power of two

  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
  private final ArrayDeque<byte[]>[] free = new ArrayDeque[32];

  private final long most;
  private long held;

  BufferPool(long most) {
    this.most = most;
    for (int i = 0; i < free.length; i++) {
      free[i] = new ArrayDeque<>();
    }
  }

  /// An array of at least `length` bytes, or null where that would pass the bound.
  byte @Nullable [] take(int length) {
    int rank = Math.max(SMALLEST, 32 - Integer.numberOfLeadingZeros(Math.max(1, length - 1)));
    byte[] found = free[rank].poll();
    if (found != null) {
      return found;
    }
    long wanted = 1L << rank;
    for (int i = free.length - 1; held + wanted > most && i >= SMALLEST; i--) {
      while (held + wanted > most && free[i].poll() != null) {
        held -= 1L << i;
      }
    }
    if (held + wanted > most) {
      return null;
    }
    held += wanted;
    return new byte[(int) wanted];
  }

  void release(byte[] bytes) {
    if (bytes.length > 0) {
      free[31 - Integer.numberOfLeadingZeros(bytes.length)].push(bytes);
    }
  }
}
