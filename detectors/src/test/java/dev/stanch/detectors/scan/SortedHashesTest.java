package dev.stanch.detectors.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SortedHashesTest {
  @Test
  void findsWhatIsThereAndNothingElse() {
    for (int size : new int[] {0, 1, 2, 31, 32, 33, 64, 1000, 20_000}) {
      long[] sorted = new Random(size).longs().distinct().limit(size).sorted().toArray();
      assertThat(found(sorted, sorted)).isTrue();
      assertThat(foundAny(sorted, new Random(-1).longs(1000).toArray())).isFalse();
      assertThat(foundAny(sorted, new long[] {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE})).isFalse();
    }
  }

  @Test
  void findsInAnUnevenTable() {
    long[] crowded = new long[5000];
    Arrays.setAll(crowded, i -> i < 2500 ? Long.MIN_VALUE + i : Long.MAX_VALUE - 5000 + i);
    assertThat(found(crowded, crowded)).isTrue();
    assertThat(foundAny(crowded, new long[] {-1, 0, 1, Long.MAX_VALUE})).isFalse();
  }

  private static boolean found(long[] sorted, long[] wanted) {
    for (int i = 0; i < wanted.length; i++) {
      if (SortedHashes.find(sorted, wanted[i]) != i) {
        return false;
      }
    }
    return true;
  }

  private static boolean foundAny(long[] sorted, long[] wanted) {
    for (long hash : wanted) {
      if (SortedHashes.find(sorted, hash) >= 0) {
        return true;
      }
    }
    return false;
  }
}
