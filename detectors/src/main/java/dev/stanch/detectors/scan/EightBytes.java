package dev.stanch.detectors.scan;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Eight bytes of a text, looked at in a few steps of arithmetic.
final class EightBytes {
  static final int COUNT = 8;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long EACH = 0x0101_0101_0101_0101L;
  private static final long HIGHEST = 0x8080_8080_8080_8080L;

  private EightBytes() {}

  private static long at(byte[] text, int at) {
    return (long) LONG.get(text, at);
  }

  /// How many of the bytes from `at` are `value`.
  static int count(byte[] text, int at, byte value) {
    long differing = at(text, at) ^ value * EACH;
    // The highest bit of each byte that differs nowhere, and of no other.
    long same = ~((differing & ~HIGHEST) + ~HIGHEST | differing) & HIGHEST;
    return same == 0 ? 0 : (int) ((same >>> 7) * EACH >>> 56);
  }

  /// Whether one of the bytes from `at` is zero.
  static boolean anyZero(byte[] text, int at) {
    long bytes = at(text, at);
    return (bytes - EACH & ~bytes & HIGHEST) != 0;
  }

  /// Whether one of the bytes from `at` is below `least`, or beyond ASCII.
  static boolean anyBelowOrHigh(byte[] text, int at, int least) {
    long bytes = at(text, at);
    return ((bytes - least * EACH | bytes) & HIGHEST) != 0;
  }
}
