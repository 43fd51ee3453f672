package dev.stanch.detectors.rule;

/// A set of byte values (0 to 255). Mutable while it is built, shared read-only afterwards.
public final class ByteSet {
  private final long[] words = new long[4];

  /// An empty set.
  public ByteSet() {}

  /// The set of these characters, all below 256.
  public static ByteSet of(String characters) {
    var set = new ByteSet();
    for (int i = 0; i < characters.length(); i++) {
      set.add(characters.charAt(i));
    }
    return set;
  }

  ByteSet copy() {
    var set = new ByteSet();
    System.arraycopy(words, 0, set.words, 0, words.length);
    return set;
  }

  ByteSet add(int value) {
    words[value >> 6] |= 1L << value;
    return this;
  }

  ByteSet addRange(int from, int to) {
    for (int value = from; value <= to; value++) {
      add(value);
    }
    return this;
  }

  ByteSet addAll(ByteSet other) {
    for (int i = 0; i < words.length; i++) {
      words[i] |= other.words[i];
    }
    return this;
  }

  ByteSet complement() {
    var set = new ByteSet();
    for (int i = 0; i < words.length; i++) {
      set.words[i] = ~words[i];
    }
    return set;
  }

  /// Adds the other case of each ASCII letter in the set.
  ByteSet foldCase() {
    for (int lower = 'a'; lower <= 'z'; lower++) {
      if (contains(lower) || contains(lower - 32)) {
        add(lower);
        add(lower - 32);
      }
    }
    return this;
  }

  /// Whether `value` (0 to 255) is in the set.
  public boolean contains(int value) {
    return (words[value >> 6] >>> value & 1) != 0;
  }

  boolean isSubsetOf(ByteSet other) {
    for (int i = 0; i < words.length; i++) {
      if ((words[i] & ~other.words[i]) != 0) {
        return false;
      }
    }
    return true;
  }

  boolean intersects(ByteSet other) {
    for (int i = 0; i < words.length; i++) {
      if ((words[i] & other.words[i]) != 0) {
        return true;
      }
    }
    return false;
  }

  int size() {
    int size = 0;
    for (long word : words) {
      size += Long.bitCount(word);
    }
    return size;
  }

  /// The four words, lowest values first: the form in which sets are stored.
  public long[] toWords() {
    return words.clone();
  }

  /// The set stored as `words`.
  public static ByteSet fromWords(long w0, long w1, long w2, long w3) {
    var set = new ByteSet();
    set.words[0] = w0;
    set.words[1] = w1;
    set.words[2] = w2;
    set.words[3] = w3;
    return set;
  }
}
