package dev.stanch.detectors.rule;

import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// A trie of lower-case keywords with failure links, states in breadth-first order: the small
/// stored form of the automaton.
///
/// The children of one state have neighbouring numbers, and a state's failure link is always a
/// smaller number, so that the full transition table is filled in one pass.
public final class KeywordTrie {
  private final byte[] symbols;
  private final byte[] symbol;
  private final int[] firstChild;
  private final int[] fail;
  private final int[] keyword;
  private final int[] suffix;

  private KeywordTrie(
      byte[] symbols, byte[] symbol, int[] firstChild, int[] fail, int[] keyword, int[] suffix) {
    this.symbols = symbols;
    this.symbol = symbol;
    this.firstChild = firstChild;
    this.fail = fail;
    this.keyword = keyword;
    this.suffix = suffix;
  }

  /// The trie of `keywords`, which are distinct and folded to lower case.
  public static KeywordTrie of(List<byte[]> keywords) {
    var root = new Building(0);
    for (int i = 0; i < keywords.size(); i++) {
      Building at = root;
      for (byte b : keywords.get(i)) {
        at = at.child(b);
      }
      if (at.keyword >= 0) {
        throw new IllegalArgumentException("a keyword stands twice");
      }
      at.keyword = i;
    }
    var order = new ArrayList<Building>();
    var queue = new ArrayDeque<Building>();
    queue.add(root);
    while (!queue.isEmpty()) {
      Building state = queue.poll();
      state.number = order.size();
      order.add(state);
      queue.addAll(state.children);
    }
    int n = order.size();
    byte[] symbol = new byte[n];
    int[] firstChild = new int[n + 1];
    int[] fail = new int[n];
    int[] keyword = new int[n];
    int next = 1;
    for (Building state : order) {
      int s = state.number;
      symbol[s] = (byte) state.symbol;
      firstChild[s] = next;
      next += state.children.size();
      keyword[s] = state.keyword;
      for (Building child : state.children) {
        Building f = state.failure;
        Building target = null;
        while (f != null && (target = f.find(child.symbol)) == null) {
          f = f.failure;
        }
        child.failure = target == null ? root : target;
        fail[child.number] = child.failure.number;
      }
    }
    firstChild[n] = next;
    int[] suffix = new int[n];
    for (int s = 1; s < n; s++) {
      suffix[s] = keyword[fail[s]] >= 0 ? fail[s] : suffix[fail[s]];
    }
    return new KeywordTrie(distinct(symbol), symbol, firstChild, fail, keyword, suffix);
  }

  private static byte[] distinct(byte[] symbol) {
    var seen = new BitSet();
    for (int s = 1; s < symbol.length; s++) {
      seen.set(symbol[s] & 0xff);
    }
    byte[] symbols = new byte[seen.cardinality()];
    int n = 0;
    for (int b = seen.nextSetBit(0); b >= 0; b = seen.nextSetBit(b + 1)) {
      symbols[n++] = (byte) b;
    }
    return symbols;
  }

  private static final class Building {
    final int symbol;
    final List<Building> children = new ArrayList<>();
    int keyword = -1;
    int number;
    @org.jspecify.annotations.Nullable Building failure;

    Building(int symbol) {
      this.symbol = symbol;
    }

    Building child(int wanted) {
      Building child = find(wanted);
      if (child == null) {
        child = new Building(wanted);
        children.add(child);
      }
      return child;
    }

    @org.jspecify.annotations.Nullable
    Building find(int wanted) {
      for (Building child : children) {
        if (child.symbol == wanted) {
          return child;
        }
      }
      return null;
    }
  }

  /// How many different bytes keywords are made of.
  public int distinctSymbols() {
    return symbols.length;
  }

  /// One of those bytes, which are in ascending order.
  public int distinctSymbol(int index) {
    return symbols[index] & 0xff;
  }

  /// Number of states; state 0 is the start.
  public int size() {
    return symbol.length;
  }

  /// The byte that leads into `state`.
  public int symbol(int state) {
    return symbol[state] & 0xff;
  }

  /// The first child of `state`; its children run up to, not including, `firstChild(state + 1)`.
  public int firstChild(int state) {
    return firstChild[state];
  }

  /// The state of the longest proper suffix, 0 for the root.
  public int fail(int state) {
    return fail[state];
  }

  /// The state of the longest proper suffix that is a keyword, or 0.
  public int suffix(int state) {
    return suffix[state];
  }

  /// The keyword that ends in `state`, or -1.
  public int keyword(int state) {
    return keyword[state];
  }

  /// The keyword of exactly these bytes, or -1.
  int find(byte[] wanted) {
    int state = 0;
    for (byte b : wanted) {
      int child = firstChild[state];
      while (child < firstChild[state + 1] && symbol[child] != b) {
        child++;
      }
      if (child == firstChild[state + 1]) {
        return -1;
      }
      state = child;
    }
    return keyword[state];
  }

  /// Whole arrays, which are read back in one move each: a hook has no time to look at every state.
  void writeTo(DataOutput out) throws IOException {
    out.writeInt(symbols.length);
    out.write(symbols);
    out.writeInt(size());
    out.write(symbol);
    for (int[] numbers : new int[][] {firstChild, fail, keyword, suffix}) {
      for (int number : numbers) {
        out.writeInt(number);
      }
    }
  }

  static KeywordTrie readFrom(ByteBuffer in) {
    byte[] symbols = new byte[in.getInt()];
    in.get(symbols);
    int n = in.getInt();
    byte[] symbol = new byte[n];
    in.get(symbol);
    return new KeywordTrie(symbols, symbol, ints(in, n + 1), ints(in, n), ints(in, n), ints(in, n));
  }

  /// The next numbers of a stored form.
  static int[] ints(ByteBuffer in, int count) {
    int[] numbers = new int[count];
    in.asIntBuffer().get(numbers);
    in.position(in.position() + count * Integer.BYTES);
    return numbers;
  }
}
