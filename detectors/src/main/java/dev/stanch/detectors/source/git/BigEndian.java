package dev.stanch.detectors.source.git;

/// Numbers in arrays, most significant byte first. Without a view of the array, whose set-up a hook
/// would feel.
final class BigEndian {
  private BigEndian() {}

  /// Eight bytes as one number that sorts as they do.
  static long i64(byte[] bytes, int at) {
    return (long) i32(bytes, at) << 32 | i32(bytes, at + 4) & 0xffffffffL;
  }

  static int i32(byte[] bytes, int at) {
    return bytes[at] << 24
        | (bytes[at + 1] & 0xff) << 16
        | (bytes[at + 2] & 0xff) << 8
        | bytes[at + 3] & 0xff;
  }
}
