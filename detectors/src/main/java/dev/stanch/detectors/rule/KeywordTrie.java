package dev.stanch.detectors.rule;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// A trie of lower-case keywords with failure links, states in breadth-first order: the small
/// stored form of the automaton.
///
/// The children of one state have neighbouring numbers, and a state's failure link is always a
/// smaller number, so that the full transition table is filled in one pass.
public final class KeywordTrie {
  private final byte[] symbol;
  private final int[] firstChild;
  private final int[] fail;
  private final int[] keyword;

  private KeywordTrie(byte[] symbol, int[] firstChild, int[] fail, int[] keyword) {
    this.symbol = symbol;
    this.firstChild = firstChild;
    this.fail = fail;
    this.keyword = keyword;
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
    return new KeywordTrie(symbol, firstChild, fail, keyword);
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

  /// The keyword that ends in `state`, or -1.
  public int keyword(int state) {
    return keyword[state];
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeInt(size());
    out.write(symbol);
    for (int s = 0; s < size(); s++) {
      out.writeByte(firstChild[s + 1] - firstChild[s]);
      out.writeShort(keyword[s]);
      writeTriple(out, fail[s]);
    }
  }

  static KeywordTrie readFrom(DataInput in) throws IOException {
    int n = in.readInt();
    byte[] symbol = new byte[n];
    in.readFully(symbol);
    int[] firstChild = new int[n + 1];
    int[] fail = new int[n];
    int[] keyword = new int[n];
    int next = 1;
    for (int s = 0; s < n; s++) {
      firstChild[s] = next;
      next += in.readUnsignedByte();
      keyword[s] = in.readShort();
      fail[s] = in.readUnsignedByte() << 16 | in.readUnsignedShort();
    }
    firstChild[n] = next;
    return new KeywordTrie(symbol, firstChild, fail, keyword);
  }

  private static void writeTriple(DataOutput out, int value) throws IOException {
    out.writeByte(value >>> 16);
    out.writeShort(value);
  }
}
