package dev.stanch.detectors.rule;

/// The Marvin32 hash, with which Microsoft's identifiable keys carry their check value.
final class Marvin32 {
  private Marvin32() {}

  /// The 64-bit hash.
  static long hash(byte[] data, long seed) {
    int p0 = (int) seed;
    int p1 = (int) (seed >>> 32);
    int at = 0;
    long state;
    for (; at + 4 <= data.length; at += 4) {
      p0 +=
          data[at] & 0xff
              | (data[at + 1] & 0xff) << 8
              | (data[at + 2] & 0xff) << 16
              | (data[at + 3] & 0xff) << 24;
      state = block(p0, p1);
      p0 = (int) state;
      p1 = (int) (state >>> 32);
    }
    int last = 0x80;
    for (int i = data.length - 1; i >= at; i--) {
      last = last << 8 | data[i] & 0xff;
    }
    p0 += last;
    state = block(p0, p1);
    return block((int) state, (int) (state >>> 32));
  }

  /// The hash folded to 32 bits.
  static int fold(byte[] data, long seed) {
    long hash = hash(data, seed);
    return (int) hash ^ (int) (hash >>> 32);
  }

  private static long block(int first, int second) {
    int p0 = first;
    int p1 = second ^ first;
    p0 = Integer.rotateLeft(p0, 20) + p1;
    p1 = Integer.rotateLeft(p1, 9) ^ p0;
    p0 = Integer.rotateLeft(p0, 27) + p1;
    p1 = Integer.rotateLeft(p1, 19);
    return (long) p1 << 32 | p0 & 0xffffffffL;
  }
}
