package dev.stanch.detectors.source.git;

import java.util.Arrays;

/// Byte strings by number, each kept once.
final class NameTable {
  private byte[] bytes = new byte[1 << 14];
  private int used;
  private int[] start = new int[1 << 10]; // one more than names
  private int count;
  private int[] slots = new int[1 << 11]; // number + 1

  int count() {
    return count;
  }

  int length(int name) {
    return start[name + 1] - start[name];
  }

  /// The number of a name, given one if it is new.
  int number(byte[] from, int at, int length) {
    int hash = 1;
    for (int i = at; i < at + length; i++) {
      hash = 31 * hash + from[i];
    }
    int mask = slots.length - 1;
    int slot = spread(hash) & mask;
    while (slots[slot] != 0) {
      int name = slots[slot] - 1;
      if (Arrays.equals(bytes, start[name], start[name + 1], from, at, at + length)) {
        return name;
      }
      slot = slot + 1 & mask;
    }
    if (used + length > bytes.length) {
      bytes =
          Arrays.copyOf(
              bytes, Math.max(Math.addExact(used, length), bytes.length + (bytes.length >> 1)));
    }
    if (count + 2 > start.length) {
      start = Arrays.copyOf(start, 2 * start.length);
    }
    System.arraycopy(from, at, bytes, used, length);
    used += length;
    start[count + 1] = used;
    slots[slot] = ++count;
    if (2 * count > slots.length) {
      grow();
    }
    return count - 1;
  }

  /// The number of a name of another table.
  int number(NameTable other, int name) {
    return number(other.bytes, other.start[name], other.length(name));
  }

  /// Copies a name.
  void copy(int name, byte[] to, int at) {
    System.arraycopy(bytes, start[name], to, at, length(name));
  }

  private void grow() {
    int[] wider = new int[2 * slots.length];
    int mask = wider.length - 1;
    for (int name = 0; name < count; name++) {
      int hash = 1;
      for (int i = start[name]; i < start[name + 1]; i++) {
        hash = 31 * hash + bytes[i];
      }
      int slot = spread(hash) & mask;
      while (wider[slot] != 0) {
        slot = slot + 1 & mask;
      }
      wider[slot] = name + 1;
    }
    slots = wider;
  }

  private static int spread(int hash) {
    int h = hash * 0x9e3779b1;
    return h ^ h >>> 15;
  }
}
