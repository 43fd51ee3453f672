package dev.stanch.detectors.scan;

/// Finds a hash among sorted ones. They are spread evenly, so that the value says about where it
/// stands.
final class SortedHashes {
  /// Most are found no further than this from where they should stand.
  private static final int NEAR = 32;

  private SortedHashes() {}

  /// The index of `hash`, or -1 where it is not among them.
  static int find(long[] sorted, long hash) {
    int low = 0;
    int high = sorted.length;
    int guess = (int) (((hash >>> Integer.SIZE ^ 1L << 31) * high) >>> Integer.SIZE);
    if (guess >= NEAR && sorted[guess - NEAR] <= hash) {
      low = guess - NEAR;
    }
    if (guess + NEAR < high && sorted[guess + NEAR] > hash) {
      high = guess + NEAR;
    }
    while (low < high) {
      int middle = (low + high) >>> 1;
      long value = sorted[middle];
      if (value == hash) {
        return middle;
      }
      if (value < hash) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return -1;
  }
}
