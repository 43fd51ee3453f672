package dev.stanch.detectors.source.git;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// Every stored object of a repository, numbered, with its type, its delta base and its place in
/// the delta forest.
///
/// An **entry** is one stored copy of an object: those of the first pack in pack order, then those
/// of the next, then loose objects by id. A **position** is an entry's number when the forest of
/// delta bases is walked depth first, all commits first, then trees, blobs and tags; a delta
/// subtree is an interval of positions. Children are ordered with the one of the largest subtree
/// last, so that walking needs few ancestors at a time (at most the logarithm of the subtree's
/// size, however long the chains are).
///
/// Immutable once built and safe for any number of threads.
public final class ObjectTable {
  /// Of an entry without a base, and of an id that is not stored.
  public static final int NONE = -1;

  private static final byte UNKNOWN = -1;
  private static final byte OFFSET_DELTA = 6;
  private static final byte REFERENCE_DELTA = 7;

  private static final int DIGIT_BITS = 11;
  private static final int DIGIT = (1 << DIGIT_BITS) - 1;

  private final ObjectStore store;
  private final int idLength;
  private final Pack[] packs;
  private final LooseObjects loose;
  private final int[]
      packStart; // first entry of each pack; then of the loose objects; then the total
  private final int size;

  private final long[] offset;
  private final int[] indexPosition;
  private final byte[] type;
  private final int[] base;

  private final IdTable ids;

  private final int[] order;
  private final int[] end;
  private final int[] position;
  private final int[] typeStart = new int[5];

  private ObjectTable(ObjectStore store) {
    this.store = store;
    this.idLength = store.idLength();
    List<Pack> all = store.packs();
    this.packs = all.toArray(Pack[]::new);
    this.loose = store.loose();
    this.packStart = new int[packs.length + 2];
    for (int p = 0; p < packs.length; p++) {
      packStart[p + 1] = Math.addExact(packStart[p], packs[p].index().count());
    }
    this.size = Math.addExact(packStart[packs.length], loose.count());
    packStart[packs.length + 1] = size;
    this.offset = new long[packStart[packs.length]];
    this.indexPosition = new int[packStart[packs.length]];
    this.type = new byte[size];
    this.base = new int[size];
    this.order = new int[size];
    this.end = new int[size];
    this.position = new int[size];
    this.ids = new IdTable(size, idLength, this::id);
    Arrays.fill(type, UNKNOWN);
  }

  /// Builds the table of a store.
  ///
  /// @param threads how many threads may work at a time
  public static ObjectTable build(ObjectStore store, int threads) throws InterruptedException {
    ObjectTable table = new ObjectTable(store);
    for (int p = 0; p < table.packs.length; p++) {
      table.sortByOffset(p);
    }
    table.indexIds();
    Parallel.run(threads, table.ranges(threads), (from, to) -> table.readHeaders(from, to));
    table.buildForest();
    return table;
  }

  private int[] ranges(int threads) {
    int parts = size < 4096 ? 1 : threads * 4;
    int[] bounds = new int[parts + 1];
    for (int i = 0; i <= parts; i++) {
      bounds[i] = (int) ((long) size * i / parts);
    }
    return bounds;
  }

  /// The number of entries.
  public int size() {
    return size;
  }

  /// The bytes of an object id.
  public int idLength() {
    return idLength;
  }

  /// Whether an entry could be placed in the forest; the others have no type and are listed as
  /// problems.
  public boolean known(int entry) {
    return type[entry] >= 0;
  }

  /// The type of a known entry.
  public ObjectType type(int entry) {
    return switch (type[entry]) {
      case 0 -> ObjectType.COMMIT;
      case 1 -> ObjectType.TREE;
      case 2 -> ObjectType.BLOB;
      case 3 -> ObjectType.TAG;
      default -> throw new IllegalArgumentException("entry " + entry + " has no type");
    };
  }

  /// Whether an entry is known and of a type.
  public boolean is(int entry, ObjectType wanted) {
    return type[entry] == wanted.code;
  }

  /// The entry whose bytes an entry is a delta against, or [#NONE].
  public int base(int entry) {
    return base[entry];
  }

  /// Copies the id of an entry.
  public void id(int entry, byte[] to, int at) {
    if (entry >= packStart[packs.length]) {
      loose.id(entry - packStart[packs.length], to, at);
    } else {
      packs[packOf(entry)].index().id(indexPosition[entry], to, at);
    }
  }

  /// The id of an entry in hexadecimal digits.
  public String name(int entry) {
    byte[] id = new byte[idLength];
    id(entry, id, 0);
    return HexFormat.of().formatHex(id);
  }

  /// The first entry that holds an id, or [#NONE].
  public int find(byte[] id, int at) {
    int place = ids.find(id, at);
    return place < 0 ? NONE : undamaged(place);
  }

  /// Whether the first eight bytes of an id are enough to look it up.
  boolean shortIds() {
    return !ids.ambiguous();
  }

  /// Finds what [#find] does for many ids, of which the first eight bytes are enough.
  void findAll(long[] keys, int count, int[] entries) {
    ids.findAll(keys, count, entries);
    for (int i = 0; i < count; i++) {
      int place = entries[i];
      if (place >= 0) {
        entries[i] = undamaged(place);
      }
    }
  }

  /// Of several copies the first that is not damaged.
  private int undamaged(int begin) {
    int place = begin;
    while (type[ids.entryAt(place)] == UNKNOWN && ids.same(place)) {
      place++;
    }
    return ids.entryAt(type[ids.entryAt(place)] == UNKNOWN ? begin : place);
  }

  /// Whether another entry with the same id comes first.
  public boolean duplicate(int entry) {
    return ids.duplicate(entry);
  }

  /// The number of positions: that of known entries.
  public int positions() {
    return typeStart[4];
  }

  /// The first position of a type.
  public int firstPosition(ObjectType wanted) {
    return typeStart[wanted.code];
  }

  /// The position after the last one of a type.
  public int lastPosition(ObjectType wanted) {
    return typeStart[wanted.code + 1];
  }

  /// The entry at a position.
  public int entryAt(int position) {
    return order[position];
  }

  /// The position after the last delta descendant of the one at `position`.
  public int subtreeEnd(int position) {
    return end[position];
  }

  /// The position of a known entry.
  public int positionOf(int entry) {
    return position[entry];
  }

  ObjectStore store() {
    return store;
  }

  Problems problems() {
    return store.problems();
  }

  boolean isLoose(int entry) {
    return entry >= packStart[packs.length];
  }

  java.nio.file.Path looseFile(int entry) {
    return loose.file(entry - packStart[packs.length]);
  }

  Pack pack(int entry) {
    return packs[packOf(entry)];
  }

  long offset(int entry) {
    return offset[entry];
  }

  /// Where the bytes of a packed entry end at the latest.
  long limit(int entry, Pack pack) {
    int next = entry + 1;
    return next < offset.length && next < packStart[packOf(entry) + 1]
        ? Math.min(offset[next], pack.end())
        : pack.end();
  }

  /// About how many bytes a packed entry takes; 0 for a loose one.
  long stored(int entry) {
    return isLoose(entry) ? 0 : limit(entry, pack(entry)) - offset[entry];
  }

  private int packOf(int entry) {
    if (packs.length <= 1) {
      return 0;
    }
    int at = Arrays.binarySearch(packStart, 0, packs.length + 1, entry);
    if (at < 0) {
      return -at - 2;
    }
    while (packStart[at + 1] == entry) { // packs without objects
      at++;
    }
    return at;
  }

  private void sortByOffset(int p) {
    long[] offsets = packs[p].index().offsets();
    int count = offsets.length;
    int start = packStart[p];
    int bits = 32 - Integer.numberOfLeadingZeros(count);
    long[] keys = new long[count];
    for (int i = 0; i < count; i++) {
      // Beyond the pack's end all offsets are alike; clamping them keeps the key in 63 bits.
      long at = offsets[i] < 0 || offsets[i] > packs[p].end() ? packs[p].end() : offsets[i];
      keys[i] = at << bits | i;
    }
    if (packs[p].end() >= 1L << 62 - bits) {
      throw new IllegalStateException("a pack of more than an exabyte");
    }
    keys = sorted(keys, bits, packs[p].end());
    long mask = (1L << bits) - 1;
    for (int i = 0; i < count; i++) {
      offset[start + i] = keys[i] >>> bits;
      indexPosition[start + i] = (int) (keys[i] & mask);
    }
  }

  /// Sorts keys by what stands above their lowest `bits`, which is at most `most`: digit by digit,
  /// since a pack has millions of them.
  private static long[] sorted(long[] keys, int bits, long most) {
    long[] from = keys;
    long[] to = new long[keys.length];
    for (int shift = bits; most >>> shift - bits > 0; shift += DIGIT_BITS) {
      int[] next = new int[(1 << DIGIT_BITS) + 1];
      for (long key : from) {
        next[((int) (key >>> shift) & DIGIT) + 1]++;
      }
      for (int d = 0; d < DIGIT; d++) {
        next[d + 1] += next[d];
      }
      for (long key : from) {
        to[next[(int) (key >>> shift) & DIGIT]++] = key;
      }
      long[] swapped = from;
      from = to;
      to = swapped;
    }
    return from;
  }

  private void indexIds() {
    for (Pack pack : packs) {
      PackIndex index = pack.index();
      for (int i = 0; i < index.count(); i++) {
        ids.count(index.key(i));
      }
    }
    for (int i = 0; i < loose.count(); i++) {
      ids.count(loose.key(i));
    }
    ids.counted();
    for (int p = 0; p < packs.length; p++) {
      PackIndex index = packs[p].index();
      int[] entryOf = new int[index.count()];
      for (int e = packStart[p]; e < packStart[p + 1]; e++) {
        entryOf[indexPosition[e]] = e;
      }
      for (int i = 0; i < entryOf.length; i++) {
        ids.put(index.key(i), entryOf[i]);
      }
    }
    for (int i = 0; i < loose.count(); i++) {
      ids.put(loose.key(i), packStart[packs.length] + i);
    }
    ids.finish();
  }

  private void readHeaders(int from, int to) {
    byte[] id = new byte[idLength];
    EntryReader reader = new EntryReader(this);
    for (int e = from; e < to; e++) {
      base[e] = NONE;
      type[e] = UNKNOWN;
      try {
        if (isLoose(e)) {
          type[e] = reader.looseType(e);
        } else {
          readHeader(e, id);
        }
      } catch (CorruptException ex) {
        problems().add(Problem.Kind.CORRUPT, name(e), String.valueOf(ex.getMessage()));
      } catch (IndexOutOfBoundsException | InternalError ex) {
        problems().add(Problem.Kind.CORRUPT, name(e), "the object lies beyond the end of its pack");
      }
    }
  }

  private void readHeader(int e, byte[] id) throws CorruptException {
    int p = packOf(e);
    Pack pack = packs[p];
    Mapped bytes = pack.bytes();
    long begin = offset[e];
    if (begin < 12 || begin >= pack.end()) {
      throw new CorruptException("the object lies beyond the end of its pack");
    }
    long at = begin;
    int b = bytes.u8(at++);
    int kind = b >>> 4 & 7;
    while ((b & 0x80) != 0) {
      b = bytes.u8(at++);
    }
    if (kind >= 1 && kind <= 4) {
      type[e] = (byte) (kind - 1);
    } else if (kind == OFFSET_DELTA) {
      b = bytes.u8(at++);
      long back = b & 0x7f;
      while ((b & 0x80) != 0) {
        b = bytes.u8(at++);
        back = (back + 1) << 7 | b & 0x7f;
        if (back > begin) {
          throw new CorruptException("the delta's base lies before its pack");
        }
      }
      int found = entryAtOffset(p, e, begin - back);
      if (found < 0) {
        throw new CorruptException("the delta's base is not an object of its pack");
      }
      base[e] = found;
    } else if (kind == REFERENCE_DELTA) {
      bytes.copy(at, id, 0, idLength);
      int found = baseOf(e, p, id);
      if (found == NONE) {
        problems()
            .add(
                Problem.Kind.MISSING,
                HexFormat.of().formatHex(id),
                "the base of delta " + name(e) + " is not in the repository");
        return;
      }
      base[e] = found;
    } else {
      throw new CorruptException("objects of type " + kind + " do not exist");
    }
  }

  /// The entry of a delta's base: a copy in the delta's own pack if there is one, so that packs
  /// that overlap cannot make each other's deltas go in a circle.
  private int baseOf(int delta, int p, byte[] id) {
    int first = NONE;
    for (int place = ids.find(id, 0); place >= 0; place = ids.same(place) ? place + 1 : -1) {
      int found = ids.entryAt(place);
      if (found != delta && found >= packStart[p] && found < packStart[p + 1]) {
        return found;
      }
      if (first == NONE && found != delta) {
        first = found;
      }
    }
    return first;
  }

  private int entryAtOffset(int p, int before, long wanted) {
    // Bases mostly stand shortly before: gallop backwards first.
    int start = packStart[p];
    int high = before - 1;
    int step = 1;
    int low = high;
    while (low > start && offset[low] > wanted) {
      high = low;
      low = Math.max(start, low - step);
      step <<= 1;
    }
    return low > high ? NONE : Arrays.binarySearch(offset, low, high + 1, wanted);
  }

  private void buildForest() {
    int[] childStart = new int[size + 1];
    for (int e = 0; e < size; e++) {
      if (base[e] != NONE) {
        childStart[base[e] + 1]++;
      }
    }
    for (int e = 0; e < size; e++) {
      childStart[e + 1] += childStart[e];
    }
    int[] child = new int[childStart[size]];
    for (int e = size - 1; e >= 0; e--) {
      if (base[e] != NONE) {
        child[--childStart[base[e] + 1]] = e;
      }
    }
    // Filled from behind, each start moved down to its list's own: childStart[b + 1] is now where
    // b's children begin.
    int[] queue = order;
    int queued = 0;
    for (int e = 0; e < size; e++) {
      if (base[e] == NONE && type[e] != UNKNOWN) {
        queue[queued++] = e;
      }
    }
    int roots = queued;
    for (int i = 0; i < queued; i++) {
      int e = queue[i];
      int to = e + 2 <= size ? childStart[e + 2] : child.length;
      for (int c = childStart[e + 1]; c < to; c++) {
        type[child[c]] = type[e];
        queue[queued++] = child[c];
      }
    }
    int[] count = end; // subtree sizes, for now by entry
    for (int i = queued - 1; i >= 0; i--) {
      int e = queue[i];
      count[e]++;
      if (base[e] != NONE) {
        count[base[e]] += count[e];
      }
    }
    int[] queueCopy = Arrays.copyOf(queue, queued);
    for (int i = 0; i < roots; i++) {
      typeStart[type[queueCopy[i]] + 1] += count[queueCopy[i]];
    }
    for (int t = 0; t < 4; t++) {
      typeStart[t + 1] += typeStart[t];
    }
    int[] next = typeStart.clone();
    for (int i = 0; i < queued; i++) {
      int e = queueCopy[i];
      if (i < roots) {
        position[e] = next[type[e]];
        next[type[e]] += count[e];
      }
      int from = childStart[e + 1];
      int to = e + 2 <= size ? childStart[e + 2] : child.length;
      int heaviest = to - 1;
      for (int c = from; c < to - 1; c++) {
        if (count[child[c]] > count[child[heaviest]]) {
          heaviest = c;
        }
      }
      int at = position[e] + 1;
      for (int c = from; c < to; c++) {
        if (c != heaviest) {
          position[child[c]] = at;
          at += count[child[c]];
        }
      }
      if (heaviest >= from) {
        position[child[heaviest]] = at;
      }
    }
    int[] sizes = count.clone();
    for (int i = 0; i < queued; i++) {
      int e = queueCopy[i];
      order[position[e]] = e;
      end[position[e]] = position[e] + sizes[e];
    }
    if (queued < size) {
      listUnplaced();
    }
  }

  private void listUnplaced() {
    for (int e = 0; e < size; e++) {
      if (type[e] == UNKNOWN && base[e] != NONE) {
        problems()
            .add(
                Problem.Kind.CORRUPT,
                name(e),
                "its chain of delta bases is broken or goes in a circle");
      }
    }
  }
}
