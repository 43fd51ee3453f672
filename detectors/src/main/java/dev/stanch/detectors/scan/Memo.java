package dev.stanch.detectors.scan;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What was worked out of words seen before: texts say the same ones over and over. Of two that
/// want the same slot the later stays. One per thread.
final class Memo<V> {
  private static final int SLOTS = 4096;

  /// Longer words are seldom seen again.
  private static final int LONGEST = 96;

  /// What a word is worked out to.
  interface Work<V> {
    V of(String word);
  }

  private static final class Entry<V> {
    private final byte[] word;
    private final int variant;
    private final V value;

    Entry(byte[] word, int variant, V value) {
      this.word = word;
      this.variant = variant;
      this.value = value;
    }
  }

  private final @Nullable Object[] entries = new @Nullable Object[SLOTS];

  /// What `work` makes of `text[from, to)`, which it is asked once for each `variant`.
  V of(byte[] text, int from, int to, int variant, Work<V> work) {
    int length = to - from;
    if (length > LONGEST) {
      return work.of(latin(text, from, to));
    }
    int hash = variant;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + text[i];
    }
    int slot = (hash ^ hash >>> 12) & SLOTS - 1;
    @SuppressWarnings("unchecked") // nothing else is put in
    Entry<V> entry = (Entry<V>) entries[slot];
    if (entry == null || entry.variant != variant || !isSame(entry.word, text, from, length)) {
      entry =
          new Entry<>(Arrays.copyOfRange(text, from, to), variant, work.of(latin(text, from, to)));
      entries[slot] = entry;
    }
    return entry.value;
  }

  private static boolean isSame(byte[] word, byte[] text, int from, int length) {
    if (word.length != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (word[i] != text[from + i]) {
        return false;
      }
    }
    return true;
  }

  private static String latin(byte[] text, int from, int to) {
    return new String(text, from, to - from, StandardCharsets.ISO_8859_1);
  }
}
