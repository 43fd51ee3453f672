package dev.stanch.detectors.source.git;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;

/// Finds the entry that holds an id.
///
/// Looking up ids is a good part of the work on trees and commits, and all of it is waiting for
/// memory: the first eight bytes of each id are kept beside its entry, in the ids' order, and the
/// id itself is read only where two ids of the repository begin with the same eight bytes.
final class IdTable {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /// Buckets above this size, which only made-up ids lead to, are searched by halves.
  private static final int SMALL = 16;

  /// Reads the ids of entries.
  interface Ids {
    void id(int entry, byte[] to, int at);
  }

  private final int idLength;
  private final Ids ids;
  private final int shift;
  private final int[] bucket;
  private final long[] key;
  private final int[] entry;
  private final BitSet duplicates = new BitSet();
  private boolean ambiguous;

  // While it is filled: how many ids each bucket has got.
  private int[] next;

  /// A table for some ids: first each is counted, then each is put in.
  IdTable(int size, int idLength, Ids ids) {
    this.idLength = idLength;
    this.ids = ids;
    int bits = Math.min(24, Math.max(1, 31 - Integer.numberOfLeadingZeros(Math.max(1, size))));
    this.shift = 64 - bits;
    this.bucket = new int[(1 << bits) + 1];
    this.key = new long[size];
    this.entry = new int[size];
    this.next = new int[1 << bits];
  }

  void count(long idKey) {
    next[(int) (idKey >>> shift)]++;
  }

  void counted() {
    int sum = 0;
    for (int b = 0; b < next.length; b++) {
      int count = next[b];
      bucket[b] = sum;
      next[b] = sum;
      sum += count;
    }
    bucket[next.length] = sum;
  }

  void put(long idKey, int newEntry) {
    int at = next[(int) (idKey >>> shift)]++;
    key[at] = idKey;
    entry[at] = newEntry;
  }

  /// Sorts what was put in.
  void finish() {
    next = new int[0];
    byte[] one = new byte[idLength];
    byte[] other = new byte[idLength];
    for (int b = 0; b + 1 < bucket.length; b++) {
      int from = bucket[b];
      int to = bucket[b + 1];
      sort(from, to, one, other);
      for (int i = from + 1; i < to; i++) {
        if (key[i - 1] == key[i]) {
          if (sameId(entry[i - 1], entry[i], one, other) == 0) {
            duplicates.set(entry[i]);
          } else {
            ambiguous = true;
          }
        }
      }
    }
  }

  /// Whether ids begin with the same eight bytes, so that these do not name one.
  boolean ambiguous() {
    return ambiguous;
  }

  /// Whether each of some ids is stored, told by their first eight bytes: the places of those that
  /// are, -1 for those that are not. Looked up side by side, they wait for memory together.
  void findAll(long[] wanted, int count, int[] places) {
    for (int i = 0; i < count; i++) {
      places[i] = bucket[(int) (wanted[i] >>> shift)];
    }
    for (int i = 0; i < count; i++) {
      if (places[i] < key.length) {
        // One further if the first key is below, unsigned; a branch would wait for it.
        long a = key[places[i]];
        long b = wanted[i];
        places[i] += (int) ((~a & b | (~a | b) & a - b) >>> 63);
      }
    }
    for (int i = 0; i < count; i++) {
      int place = place(wanted[i], places[i]);
      places[i] = place < key.length && key[place] == wanted[i] ? place : -1;
    }
  }

  /// The place of the first entry with an id, or -1; [#entryAt] and [#same] go on from there.
  int find(byte[] id, int at) {
    long wanted = (long) LONG.get(id, at);
    int to = bucket[(int) (wanted >>> shift) + 1];
    int low = place(wanted, bucket[(int) (wanted >>> shift)]);
    if (ambiguous) {
      byte[] stored = new byte[idLength];
      for (; low < to && key[low] == wanted; low++) {
        ids.id(entry[low], stored, 0);
        if (Arrays.equals(stored, 0, idLength, id, at, at + idLength)) {
          return low;
        }
      }
      return -1;
    }
    return low < to && key[low] == wanted ? low : -1;
  }

  /// The first place from `begin` whose key is not below one, in that one's bucket or right behind
  /// it.
  private int place(long wanted, int begin) {
    int low = begin;
    int to = bucket[(int) (wanted >>> shift) + 1];
    for (int high = to; high - low > SMALL; ) {
      int middle = (low + high) >>> 1;
      if (Long.compareUnsigned(key[middle], wanted) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    while (low < to && Long.compareUnsigned(key[low], wanted) < 0) {
      low++;
    }
    return low;
  }

  int entryAt(int place) {
    return entry[place];
  }

  /// Whether the next place holds another copy of the object at a place.
  boolean same(int place) {
    return place + 1 < entry.length && duplicates.get(entry[place + 1]);
  }

  /// Whether another entry with the same id comes first.
  boolean duplicate(int anEntry) {
    return duplicates.get(anEntry);
  }

  private void sort(int from, int to, byte[] one, byte[] other) {
    if (to - from > 64) {
      Integer[] order = new Integer[to - from];
      Arrays.setAll(order, i -> from + i);
      Arrays.sort(
          order,
          (a, b) -> {
            int byKey = Long.compareUnsigned(key[a], key[b]);
            int byId = byKey != 0 ? byKey : sameId(entry[a], entry[b], one, other);
            return byId != 0 ? byId : Integer.compare(entry[a], entry[b]);
          });
      long[] keys = Arrays.stream(order).mapToLong(i -> key[i]).toArray();
      int[] entries = Arrays.stream(order).mapToInt(i -> entry[i]).toArray();
      System.arraycopy(keys, 0, key, from, keys.length);
      System.arraycopy(entries, 0, entry, from, entries.length);
      return;
    }
    for (int i = from + 1; i < to; i++) {
      long k = key[i];
      int e = entry[i];
      int j = i - 1;
      while (j >= from && after(j, k, e, one, other)) {
        key[j + 1] = key[j];
        entry[j + 1] = entry[j];
        j--;
      }
      key[j + 1] = k;
      entry[j + 1] = e;
    }
  }

  private boolean after(int place, long k, int e, byte[] one, byte[] other) {
    if (key[place] != k) {
      return Long.compareUnsigned(key[place], k) > 0;
    }
    int byId = sameId(entry[place], e, one, other);
    return byId != 0 ? byId > 0 : entry[place] > e;
  }

  private int sameId(int a, int b, byte[] one, byte[] other) {
    ids.id(a, one, 0);
    ids.id(b, other, 0);
    return Arrays.compareUnsigned(one, other);
  }
}
