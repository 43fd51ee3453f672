package dev.stanch.detectors.scan;

import dev.stanch.detectors.rule.KeywordTrie;
import dev.stanch.detectors.rule.RuleTables;

/// Finds every keyword in one pass over bytes, without regard to ASCII case.
///
/// A full transition table over byte classes: each step is one load. States that end a keyword (or
/// whose suffix does) are marked by the sign bit, so that the common case costs one comparison.
final class Automaton {
  /// Set in a transition whose target state has outputs.
  private static final int OUTPUT = 0x8000_0000;

  private final int[] table;
  private final byte[] classes = new byte[256];
  private final int width;
  private final int[] keywordAt;
  private final int[] nextOutput;
  private final int[] lengths;
  private final int deepest;

  /// By state: how many of the last bytes it stands for.
  private final byte[] depth;

  /// By two neighbouring bytes (their classes): the places in keywords, as bits, where they stand
  /// so. For walking back from a junction while a keyword may still have begun earlier.
  private final long[] pairs;

  private final boolean[] first = new boolean[256];

  Automaton(RuleTables tables) {
    KeywordTrie trie = tables.trie();
    int n = trie.size();
    int count = 1;
    for (int s = 1; s < n; s++) {
      int symbol = trie.symbol(s);
      if (classes[symbol] == 0) {
        if (symbol >= 'a' && symbol <= 'z') {
          classes[symbol - 32] = (byte) count;
        }
        classes[symbol] = (byte) count++;
      }
    }
    width = count;
    table = new int[n * width];
    keywordAt = new int[n];
    nextOutput = new int[n];
    lengths = new int[tables.keywordCount()];
    int longest = 0;
    for (int k = 0; k < lengths.length; k++) {
      lengths[k] = tables.keywordLength(k);
      longest = Math.max(longest, lengths[k]);
    }
    deepest = longest;
    if (longest > Long.SIZE) {
      throw new IllegalArgumentException("a keyword of more than 64 bytes");
    }
    depth = new byte[n];
    pairs = new long[width * width];
    // A state with outputs is entered with its sign bit set. Whether it has any is known once its
    // failure state is done, and
    // failure states always come first.
    boolean[] output = new boolean[n];
    for (int s = 0; s < n; s++) {
      int fail = trie.fail(s);
      keywordAt[s] = trie.keyword(s);
      output[s] = trie.keyword(s) >= 0 || s > 0 && output[fail];
      nextOutput[s] = s > 0 && output[fail] ? (keywordAt[fail] >= 0 ? fail : nextOutput[fail]) : -1;
    }
    for (int s = 0; s < n; s++) {
      if (s > 0) {
        System.arraycopy(table, trie.fail(s) * width, table, s * width, width);
      }
      for (int c = trie.firstChild(s); c < trie.firstChild(s + 1); c++) {
        depth[c] = (byte) (depth[s] + 1);
        int symbolClass = classes[trie.symbol(c)];
        if (s > 0) {
          pairs[classes[trie.symbol(s)] * width + symbolClass] |= 1L << (depth[s] - 1);
        } else {
          first[symbolClass] = true;
        }
        table[s * width + classes[trie.symbol(c)]] = c * width | (output[c] ? OUTPUT : 0);
      }
    }
  }

  /// Length of the longest keyword.
  int longestKeyword() {
    return deepest;
  }

  /// Told of each keyword seen.
  interface Hits {
    void keyword(int keyword, int start, int end);
  }

  /// Reports every keyword that ends in `(from, to]` and begins at `from` or later, in the order of
  /// their ends.
  void run(byte[] text, int from, int to, Hits hits) {
    int[] step = table;
    byte[] class256 = classes;
    int state = 0;
    for (int i = from; i < to; i++) {
      state = step[(state & ~OUTPUT) + class256[text[i] & 0xff]];
      if (state < 0) {
        report((state & ~OUTPUT) / width, i + 1, hits);
      }
    }
  }

  /// Reports every keyword that overlaps `[from, to)`, or straddles `from` where the two are equal,
  /// and begins at `known` or later: all that can be new where bytes were inserted, or two copied
  /// regions meet.
  void runAcross(byte[] text, int known, int from, int to, int end, Hits hits) {
    int begin = Math.max(known, from - reach(text, known, from));
    int[] step = table;
    int state = 0;
    for (int i = begin; i < end; i++) {
      int entry = step[state + classes[text[i] & 0xff]];
      state = entry & ~OUTPUT;
      if (entry < 0 && i >= from) {
        for (int s = state / width, o = keywordAt[s] >= 0 ? s : nextOutput[s];
            o >= 0;
            o = nextOutput[o]) {
          int keyword = keywordAt[o];
          int start = i + 1 - lengths[keyword];
          if (start < to && start >= known) {
            hits.keyword(keyword, start, i + 1);
          }
        }
      }
      if (i + 1 >= to && depth[state / width] <= i + 1 - to) {
        return;
      }
    }
  }

  /// How far before `at` a keyword that goes on beyond it can begin: exact or a little more.
  private int reach(byte[] text, int known, int at) {
    if (at <= known || classes[text[at - 1] & 0xff] == 0) {
      return 0;
    }
    int farthest = first[classes[text[at - 1] & 0xff]] ? 1 : 0;
    long alive = -1L;
    int last = classes[text[at - 1] & 0xff];
    for (int back = 2; at - back >= known && back < deepest; back++) {
      int before = classes[text[at - back] & 0xff];
      // Bit p: the two bytes stand at places p and p + 1 of some keyword, and all behind them fit
      // on.
      alive = (alive >>> 1) & pairs[before * width + last];
      if (alive == 0) {
        break;
      }
      if ((alive & 1) != 0) {
        farthest = back;
      }
      last = before;
    }
    return farthest;
  }

  /// Length of a keyword in bytes.
  int keywordLength(int keyword) {
    return lengths[keyword];
  }

  private void report(int state, int end, Hits hits) {
    for (int s = keywordAt[state] >= 0 ? state : nextOutput[state]; s >= 0; s = nextOutput[s]) {
      int keyword = keywordAt[s];
      hits.keyword(keyword, end - lengths[keyword], end);
    }
  }
}
