package dev.stanch.detectors.source.git;

import java.util.Arrays;

/// Paths by number: each a name below another path, each kept once.
final class PathTable {
  /// The path of a root tree: no name at all.
  static final int ROOT = 0;

  /// What is longer is cut at the front: no file system takes such a path, and hostile trees can
  /// nest without end.
  private static final int LONGEST = 1 << 16;

  private final NameTable names;
  private int[] parent = new int[1 << 10];
  private int[] name = new int[1 << 10];
  private int count = 1;
  private int[] slots = new int[1 << 11]; // number

  PathTable(NameTable names) {
    this.names = names;
  }

  /// The number of a path, given one if it is new.
  int number(int parentPath, int newName) {
    int mask = slots.length - 1;
    int slot = hash(parentPath, newName) & mask;
    while (slots[slot] != 0) {
      int path = slots[slot];
      if (parent[path] == parentPath && name[path] == newName) {
        return path;
      }
      slot = slot + 1 & mask;
    }
    if (count == parent.length) {
      parent = Arrays.copyOf(parent, 2 * count);
      name = Arrays.copyOf(name, 2 * count);
    }
    parent[count] = parentPath;
    name[count] = newName;
    slots[slot] = count++;
    if (2 * count > slots.length) {
      grow();
    }
    return count - 1;
  }

  /// A path's bytes, its names joined by slashes.
  byte[] bytes(int path) {
    int length = -1;
    int top = path;
    while (top != ROOT && length <= LONGEST) {
      length += 1 + names.length(name[top]);
      top = parent[top];
    }
    byte[] bytes = new byte[Math.max(0, length)];
    int at = bytes.length;
    for (int p = path; p != top; p = parent[p]) {
      at -= names.length(name[p]);
      names.copy(name[p], bytes, at);
      if (at > 0) {
        bytes[--at] = '/';
      }
    }
    return bytes;
  }

  private void grow() {
    int[] wider = new int[2 * slots.length];
    int mask = wider.length - 1;
    for (int path = 1; path < count; path++) {
      int slot = hash(parent[path], name[path]) & mask;
      while (wider[slot] != 0) {
        slot = slot + 1 & mask;
      }
      wider[slot] = path;
    }
    slots = wider;
  }

  private static int hash(int parentPath, int aName) {
    int h = (parentPath * 0x9e3779b1 ^ aName) * 0x85ebca6b;
    return h ^ h >>> 15;
  }
}
