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

  private void report(int state, int end, Hits hits) {
    for (int s = keywordAt[state] >= 0 ? state : nextOutput[state]; s >= 0; s = nextOutput[s]) {
      int keyword = keywordAt[s];
      hits.keyword(keyword, end - lengths[keyword], end);
    }
  }
}
