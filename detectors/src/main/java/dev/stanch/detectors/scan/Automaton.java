package dev.stanch.detectors.scan;

import dev.stanch.detectors.rule.KeywordTrie;
import dev.stanch.detectors.rule.RuleTables;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds every keyword in one pass over bytes, without regard to ASCII case.
///
/// A transition table over byte classes: each step is one load. Steps are worked out when a text
/// first takes them: a hook sees a few thousand of millions, and states get their rows in the order
/// in which texts come upon them, so that what is common lies together.
///
/// Keywords may come in several tries. A state of the automaton is then a state of each, and there
/// are no more of them than the tries have together: the longest piece of a keyword that the last
/// bytes end in says where all the others are.
///
/// Thread-safe: a thread that does not see yet what another one worked out does it again under the
/// lock.
final class Automaton {
  /// Set in a transition whose target ends a keyword, or has a suffix that does.
  private static final int OUTPUT = 0x8000_0000;

  /// A transition that no text has taken yet: the mark of an output, and no row.
  private static final int UNKNOWN = OUTPUT;

  private static final int FIRST_ROWS = 512;
  private static final int DEPTH_SHIFT = 24;
  private static final int STATE = (1 << DEPTH_SHIFT) - 1;

  private final Part[] parts;
  private final RuleTables tables;
  private final short[] classes = new short[256];
  private final byte[] symbols = new byte[257];

  /// Bytes of one class go on alike; there are so many classes.
  private final int width;

  /// A row is a transition for each class, and what its state is: for each part the depth and the
  /// trie's state, plus one.
  private final int rowLength;

  private final int longestKeyword;

  /// Where the row of the start begins; no row is at 0, so that [#UNKNOWN] is none.
  private final int start;

  /// Rows of transitions; replaced by a longer array where it is full, never shortened.
  private int[] table;

  /// By the state of the part that is deepest: its row, or 0. Guarded by this.
  private final int[] rows;

  private int rowCount = 1;

  /// By two neighbouring bytes (their classes): the places in keywords, as bits, where they stand
  /// so. For walking back from a junction while a keyword may still have begun earlier.
  private volatile long @Nullable [] pairs;

  /// The states of one trie.
  private static final class Part {
    final KeywordTrie trie;

    /// What its first keyword, and its first state, is among all.
    final int firstKeyword;

    final int firstState;

    /// The first state of each depth, and the number of states.
    private final int[] levels;

    Part(RuleTables.Keywords keywords, int firstState) {
      this.trie = keywords.trie();
      this.firstKeyword = keywords.first();
      this.firstState = firstState;
      this.levels = levels(trie);
    }

    /// States are numbered in breadth-first order: the children of a level make up the next.
    private static int[] levels(KeywordTrie trie) {
      int[] levels = new int[8];
      int depth = 0;
      while (levels[depth] < trie.size()) {
        if (depth + 2 > levels.length) {
          levels = Arrays.copyOf(levels, 2 * levels.length);
        }
        levels[depth + 1] = trie.firstChild(levels[depth]);
        depth++;
      }
      return Arrays.copyOf(levels, depth + 1);
    }

    int longestKeyword() {
      return levels.length - 2;
    }

    /// What a row says of this part: its state and how many of the last bytes that stands for.
    int place(int state) {
      int depth = 0;
      while (levels[depth + 1] <= state) {
        depth++;
      }
      return depth << DEPTH_SHIFT | state + 1;
    }

    /// The state itself where it ends a keyword, else the longest suffix that does, else 0.
    int ending(int state) {
      return trie.keyword(state) >= 0 ? state : trie.suffix(state);
    }

    /// The state that a byte leads to.
    int next(int state, int symbol) {
      int from = state;
      int target = child(from, symbol);
      while (target < 0) {
        from = trie.fail(from);
        target = child(from, symbol);
      }
      return target;
    }

    /// The child of a state, the start where the start has none, or -1.
    private int child(int state, int symbol) {
      int last = trie.firstChild(state + 1);
      for (int child = trie.firstChild(state); child < last; child++) {
        if (trie.symbol(child) == symbol) {
          return child;
        }
      }
      return state == 0 ? 0 : -1;
    }
  }

  Automaton(RuleTables tables) {
    this.tables = tables;
    this.parts = parts(tables.tries());
    int states = 0;
    int longest = 0;
    for (Part part : parts) {
      states += part.trie.size();
      longest = Math.max(longest, part.longestKeyword());
    }
    if (states >= STATE) {
      throw new IllegalArgumentException("too many keywords");
    }
    if (longest > Long.SIZE) {
      throw new IllegalArgumentException("a keyword of more than 64 bytes");
    }
    longestKeyword = longest;
    width = classify() + 1;
    rowLength = width + parts.length;
    rows = new int[states];
    table = new int[FIRST_ROWS * rowLength];
    Arrays.fill(table, UNKNOWN);
    start = rowOf(new int[parts.length]) * rowLength;
  }

  private static Part[] parts(List<RuleTables.Keywords> tries) {
    var parts = new Part[tries.size()];
    int states = 0;
    for (int i = 0; i < parts.length; i++) {
      parts[i] = new Part(tries.get(i), states);
      states += parts[i].trie.size();
    }
    return parts;
  }

  /// Gives each byte that keywords are made of a class, and returns how many there are.
  private int classify() {
    var symbolsSeen = new BitSet();
    for (Part part : parts) {
      for (int i = 0; i < part.trie.distinctSymbols(); i++) {
        symbolsSeen.set(part.trie.distinctSymbol(i));
      }
    }
    int count = 0;
    for (int symbol = symbolsSeen.nextSetBit(0);
        symbol >= 0;
        symbol = symbolsSeen.nextSetBit(symbol + 1)) {
      count++;
      if (symbol >= 'a' && symbol <= 'z') {
        classes[symbol - 32] = (short) count;
      }
      symbols[count] = (byte) symbol;
      classes[symbol] = (short) count;
    }
    return count;
  }

  /// Length of the longest keyword.
  int longestKeyword() {
    return longestKeyword;
  }

  /// Length of a keyword in bytes.
  int keywordLength(int keyword) {
    return tables.keywordLength(keyword);
  }

  /// Works out what makes reading many texts quicker, and takes longer than reading a few.
  void prepare() {
    pairs();
  }

  /// Told of each keyword seen.
  interface Hits {
    void keyword(int keyword, int start, int end);
  }

  /// Reports every keyword that ends in `(from, to]` and begins at `from` or later, in the order of
  /// their ends.
  void run(byte[] text, int from, int to, Lanes lanes, Hits hits) {
    int state = lanes.read(this, text, from, from, to, start, hits);
    run(text, lanes.reached, to, state, hits);
  }

  /// The same for a few bytes, which no lanes are needed for.
  void runBriefly(byte[] text, int from, int to, Hits hits) {
    run(text, from, to, start, hits);
  }

  private void run(byte[] text, int from, int to, int begin, Hits hits) {
    int state = begin;
    int[] step = table;
    short[] class256 = classes;
    for (int at = from; at < to; at++) {
      int index = state + class256[text[at] & 0xff];
      state = step[index];
      if (state < 0) {
        int entry = known(index, state);
        step = table;
        state = entry & ~OUTPUT;
        if (entry < 0) {
          report(state, at + 1, hits);
        }
      }
    }
  }

  /// Four stretches of a text, read side by side: the next step in one need not wait for what is
  /// loaded for another. What they come upon is kept and told in order. One per thread.
  static final class Lanes {
    private static final int COUNT = 4;
    private static final int LONGEST = 4096;

    /// Shorter texts are read in one go.
    private static final int WORTHWHILE = 128;

    /// The same where each stretch has to begin as far back as the longest keyword reaches.
    private static final int WORTHWHILE_UNPREPARED = 1024;

    private final int[] ends = new int[COUNT * LONGEST];
    private final int[] rows = new int[COUNT * LONGEST];
    private final int[] seen = new int[COUNT];

    /// Where [#read] came to an end.
    private int reached;

    /// Reads `[at, to)` as far as that is worthwhile, and gives the state behind it; nothing counts
    /// that begins before `from`.
    private int read(
        Automaton automaton, byte[] text, int from, int at, int to, int state, Hits hits) {
      int worthwhile = automaton.pairs == null ? WORTHWHILE_UNPREPARED : WORTHWHILE;
      int behind = state;
      reached = at;
      while (to - reached >= worthwhile) {
        int length = Math.min(LONGEST, (to - reached) / COUNT);
        behind = run(automaton, text, from, reached, length, behind);
        report(automaton, hits);
        reached += COUNT * length;
      }
      return behind;
    }

    /// Reads four stretches of `length` bytes from `at`, where the automaton is in `state`, and
    /// gives the state behind them.
    private int run(Automaton automaton, byte[] text, int from, int at, int length, int state) {
      Arrays.fill(seen, 0);
      int a = state;
      int end = at + COUNT * length;
      int b = automaton.stateAt(text, from, at + length, end);
      int c = automaton.stateAt(text, from, at + 2 * length, end);
      int d = automaton.stateAt(text, from, at + 3 * length, end);
      int[] step = automaton.table;
      short[] class256 = automaton.classes;
      for (int i = at; i < at + length; i++) {
        int inA = a + class256[text[i] & 0xff];
        int inB = b + class256[text[i + length] & 0xff];
        int inC = c + class256[text[i + 2 * length] & 0xff];
        int inD = d + class256[text[i + 3 * length] & 0xff];
        a = step[inA];
        b = step[inB];
        c = step[inC];
        d = step[inD];
        if ((a | b | c | d) < 0) {
          a = a < 0 ? marked(automaton, 0, i, inA, a) : a;
          b = b < 0 ? marked(automaton, 1, i + length, inB, b) : b;
          c = c < 0 ? marked(automaton, 2, i + 2 * length, inC, c) : c;
          d = d < 0 ? marked(automaton, 3, i + 3 * length, inD, d) : d;
          step = automaton.table;
        }
      }
      return d;
    }

    private int marked(Automaton automaton, int lane, int at, int index, int seenEntry) {
      int entry = automaton.known(index, seenEntry);
      int row = entry & ~OUTPUT;
      if (entry < 0) {
        int slot = lane * LONGEST + seen[lane]++;
        ends[slot] = at + 1;
        rows[slot] = row;
      }
      return row;
    }

    private void report(Automaton automaton, Hits hits) {
      for (int lane = 0; lane < COUNT; lane++) {
        int first = lane * LONGEST;
        for (int slot = first; slot < first + seen[lane]; slot++) {
          automaton.report(rows[slot], ends[slot], hits);
        }
      }
    }
  }

  /// The state in front of `at` of a run that began at `from`, as far as keywords that end behind
  /// `at` are concerned, but not behind `end`.
  private int stateAt(byte[] text, int from, int at, int end) {
    int back = pairs == null ? longestKeyword : reach(text, from, at, end);
    return passed(text, Math.max(from, at - back), at);
  }

  /// The state behind `[from, to)`, where nothing is reported.
  private int passed(byte[] text, int from, int to) {
    int[] step = table;
    int state = start;
    for (int i = from; i < to; i++) {
      int index = state + classes[text[i] & 0xff];
      state = step[index];
      if (state < 0) {
        state = known(index, state) & ~OUTPUT;
        step = table;
      }
    }
    return state;
  }

  private void report(int row, int end, Hits hits) {
    reportFrom(0, end, row, end, hits);
  }

  /// Reports every keyword that overlaps `[from, to)`, or straddles `from` where the two are equal,
  /// and begins at `known` or later: all that can be new where bytes were inserted, or two copied
  /// regions meet.
  void runAcross(byte[] text, int known, int from, int to, int end, Lanes lanes, Hits hits) {
    int state = passed(text, from - reach(text, known, from, end), from);
    state = lanes.read(this, text, known, from, to, state, hits);
    int[] step = table;
    short[] class256 = classes;
    // On until the state stands for bytes that lie behind `to` alone.
    for (int i = lanes.reached; i < to || i < end && state != start && depth(state) > i - to; i++) {
      int index = state + class256[text[i] & 0xff];
      state = step[index];
      if (state < 0) {
        int entry = known(index, state);
        step = table;
        state = entry & ~OUTPUT;
        if (entry < 0) {
          reportFrom(known, to, state, i + 1, hits);
        }
      }
    }
  }

  /// Reports the keywords that end in the state of `row` and begin in `[known, to)`, those of one
  /// part after those of another.
  private void reportFrom(int known, int to, int row, int end, Hits hits) {
    for (int i = 0; i < parts.length; i++) {
      Part part = parts[i];
      for (int s = part.ending(state(row, i)); s > 0; s = part.trie.suffix(s)) {
        int keyword = part.firstKeyword + part.trie.keyword(s);
        int first = end - keywordLength(keyword);
        if (first < to && first >= known) {
          hits.keyword(keyword, first, end);
        }
      }
    }
  }

  // ---- rows and steps

  private int state(int row, int part) {
    return (place(row, part) & STATE) - 1;
  }

  /// How many of the last bytes a state stands for.
  private int depth(int row) {
    int depth = 0;
    for (int i = 0; i < parts.length; i++) {
      depth = Math.max(depth, place(row, i) >>> DEPTH_SHIFT);
    }
    return depth;
  }

  private int place(int row, int part) {
    int[] seen = table;
    int at = row + width + part;
    int place = at < seen.length ? seen[at] : UNKNOWN;
    return place != UNKNOWN ? place : placeNow(at);
  }

  /// For a thread that does not see yet what another one wrote.
  private synchronized int placeNow(int at) {
    return table[at];
  }

  /// The transition that stands at `index`, worked out where it is not known yet.
  private int known(int index, int entry) {
    return entry == UNKNOWN ? step(index) : entry;
  }

  /// Works out the transition that stands at `at`.
  private synchronized int step(int at) {
    int symbolClass = at % rowLength;
    int row = at - symbolClass;
    int[] target = new int[parts.length];
    boolean output = false;
    for (int i = 0; symbolClass != 0 && i < parts.length; i++) {
      int from = (table[row + width + i] & STATE) - 1;
      target[i] = parts[i].next(from, symbols[symbolClass] & 0xff);
      output |= parts[i].ending(target[i]) > 0;
    }
    int entry = rowOf(target) * rowLength | (output ? OUTPUT : 0);
    table[at] = entry;
    return entry;
  }

  /// The row of the states that the parts are in.
  private int rowOf(int[] states) {
    int[] places = new int[parts.length];
    int deepest = 0;
    for (int i = 0; i < parts.length; i++) {
      places[i] = parts[i].place(states[i]);
      if (places[i] >>> DEPTH_SHIFT > places[deepest] >>> DEPTH_SHIFT) {
        deepest = i;
      }
    }
    int name = parts[deepest].firstState + states[deepest];
    int row = rows[name];
    if (row == 0) {
      row = rowCount++;
      if (row * rowLength == table.length) {
        int[] longer = Arrays.copyOf(table, 2 * table.length);
        Arrays.fill(longer, table.length, longer.length, UNKNOWN);
        table = longer;
      }
      System.arraycopy(places, 0, table, row * rowLength + width, places.length);
      rows[name] = row;
    }
    return row;
  }

  // ---- walking back

  private long[] pairs() {
    long[] made = pairs;
    if (made == null) {
      made = new long[width * width];
      for (Part part : parts) {
        KeywordTrie trie = part.trie;
        byte[] depth = new byte[trie.size()];
        for (int s = 0; s < trie.size(); s++) {
          for (int c = trie.firstChild(s); c < trie.firstChild(s + 1); c++) {
            depth[c] = (byte) (depth[s] + 1);
            if (s > 0) {
              made[classes[trie.symbol(s)] * width + classes[trie.symbol(c)]] |=
                  1L << (depth[s] - 1);
            }
          }
        }
      }
      pairs = made;
    }
    return made;
  }

  /// How far before `at` a keyword that goes on beyond it can begin: exact or a little more.
  private int reach(byte[] text, int known, int at, int end) {
    if (at <= known || at >= end) {
      return 0;
    }
    long[] places = pairs();
    int last = classes[text[at - 1] & 0xff];
    // Bit p: the two bytes stand at places p and p + 1 of some keyword, and all behind them fit on.
    long alive = places[last * width + classes[text[at] & 0xff]];
    int farthest = (int) alive & 1;
    for (int back = 2; alive != 0 && at - back >= known && back < longestKeyword(); back++) {
      int before = classes[text[at - back] & 0xff];
      alive = (alive >>> 1) & places[before * width + last];
      if ((alive & 1) != 0) {
        farthest = back;
      }
      last = before;
    }
    return farthest;
  }
}
