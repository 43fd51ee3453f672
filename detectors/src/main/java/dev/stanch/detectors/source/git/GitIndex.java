package dev.stanch.detectors.source.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The entries of a git index file: versions 2 to 4, split and sparse ones, and the cache of tree
/// ids that tells which folders are as some tree has them.
///
/// Every length is checked against the file. Its checksum is not: git does not check it either, and
/// some indexes carry none.
final class GitIndex {
  /// Entries of these kinds, as `mode & KIND`.
  static final int KIND = 0170000;

  static final int FOLDER = 0040000;
  static final int FILE = 0100000;
  static final int LINK = 0120000;
  static final int SUBMODULE = 0160000;

  private static final int EXTENDED = 0x4000;
  private static final int INTENT_TO_ADD = 0x2000;
  private static final int LARGEST = 1 << 30;
  private static final int DEEPEST = 1000;

  private final int idLength;
  private byte[] data; // the file, or of a split index both files
  private byte[] paths; // `data` itself where paths stand in full
  private int count;
  private int[] at; // by entry: where its fixed part begins in `data`
  private int[] pathAt;
  private int[] pathLength;
  private @Nullable CachedTree tree;
  private int linkAt = -1;
  private int linkEnd;

  private GitIndex(byte[] data, int idLength) {
    this.data = data;
    this.paths = data;
    this.idLength = idLength;
    this.at = new int[0];
    this.pathAt = new int[0];
    this.pathLength = new int[0];
  }

  /// Reads an index; an absent file is an empty one, as for git.
  ///
  /// @param folder where a split index keeps the part that is shared
  static GitIndex read(Path file, Path folder, int idLength) throws IOException, CorruptException {
    if (!Files.exists(file)) {
      return new GitIndex(new byte[0], idLength);
    }
    try {
      var index = parse(bytes(file), idLength);
      if (index.linkAt >= 0) {
        index.join(folder);
      }
      return index;
    } catch (IndexOutOfBoundsException | NegativeArraySizeException e) {
      throw new CorruptException("the index is cut short");
    }
  }

  private static byte[] bytes(Path file) throws IOException, CorruptException {
    if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
      throw new CorruptException("the index is not a regular file of a size that can be read");
    }
    return WholeFile.read(file);
  }

  /// Number of entries, sorted by path and stage.
  int count() {
    return count;
  }

  int mode(int entry) {
    return number(at[entry] + 24);
  }

  /// 0, or of a conflict 1 to 3.
  int stage(int entry) {
    return flags(entry) >> 12 & 3;
  }

  /// Whether the path is only announced (`git add -N`): a commit leaves it out.
  boolean intentToAdd(int entry) {
    return (flags(entry) & EXTENDED) != 0
        && (short16(data, at[entry] + 42 + idLength) & INTENT_TO_ADD) != 0;
  }

  private int flags(int entry) {
    return short16(data, at[entry] + 40 + idLength);
  }

  /// Compares the entry's id with the one at `otherAt` in `other`.
  boolean hasId(int entry, byte[] other, int otherAt) {
    int own = at[entry] + 40;
    return Arrays.equals(data, own, own + idLength, other, otherAt, otherAt + idLength);
  }

  String id(int entry) {
    return HexFormat.of().formatHex(data, at[entry] + 40, at[entry] + 40 + idLength);
  }

  /// The array that holds the paths; see [#pathStart] and [#pathEnd].
  byte[] paths() {
    return paths;
  }

  int pathStart(int entry) {
    return pathAt[entry];
  }

  int pathEnd(int entry) {
    return pathAt[entry] + pathLength[entry];
  }

  /// What the index knows of its folders, from the top one.
  @Nullable CachedTree tree() {
    return tree;
  }

  /// A folder that the index remembers.
  ///
  /// @param nameAt where its name begins in [#data]; the top folder has none
  /// @param entries how many entries lie in it, or -1 where its tree is not known
  /// @param idAt where the id of its tree stands in [#data]
  record CachedTree(int nameAt, int nameLength, int entries, int idAt, List<CachedTree> folders) {}

  /// The array that a [CachedTree] points into.
  byte[] data() {
    return data;
  }

  int idLength() {
    return idLength;
  }

  // ---- parsing

  private static GitIndex parse(byte[] data, int idLength) throws CorruptException {
    var index = new GitIndex(data, idLength);
    if (data.length < 12 + idLength || index.number(0) != 0x44495243) { // DIRC
      throw new CorruptException("the index has no header");
    }
    int version = index.number(4);
    if (version < 2 || version > 4) {
      throw new CorruptException("index version " + version + " is unknown");
    }
    int count = index.number(8);
    int end = data.length - idLength;
    if (count < 0 || count > end / (42 + idLength)) {
      throw new CorruptException("the index announces more entries than it holds");
    }
    index.at = new int[count];
    index.pathAt = new int[count];
    index.pathLength = new int[count];
    index.count = count;
    index.extensions(version == 4 ? index.compressed(end) : index.plain(end), end);
    return index;
  }

  /// Entries of versions 2 and 3: paths in full, padded to eight bytes. Returns where they end.
  private int plain(int end) throws CorruptException {
    byte[] bytes = data;
    int fixed = 42 + idLength;
    int next = 12;
    for (int i = 0; i < count; i++) {
      if (next > end - fixed) {
        throw new CorruptException("the index is cut short");
      }
      int flags = short16(bytes, next + fixed - 2);
      int path = next + fixed + ((flags & EXTENDED) != 0 ? 2 : 0);
      int length = flags & 0xfff;
      if (length == 0xfff) {
        length = terminator(path + length, end) - path;
      }
      if (path + length >= end) {
        throw new CorruptException("the index is cut short");
      }
      at[i] = next;
      pathAt[i] = path;
      pathLength[i] = length;
      next += path + length - next + 8 & ~7;
    }
    return next;
  }

  /// Entries of version 4: each path says how much of the one before it keeps.
  private int compressed(int end) throws CorruptException {
    int fixed = 42 + idLength;
    byte[] all = new byte[Math.max(64, 2 * data.length)];
    int filled = 0;
    int next = 12;
    for (int i = 0; i < count; i++) {
      if (next > end - fixed) {
        throw new CorruptException("the index is cut short");
      }
      at[i] = next;
      int path = next + fixed + ((short16(data, next + fixed - 2) & EXTENDED) != 0 ? 2 : 0);
      int drop = data[path] & 0x7f;
      while (data[path++] < 0) {
        drop = drop + 1 << 7 | data[path] & 0x7f;
        if (drop > LARGEST >> 8) {
          throw new CorruptException("a path of the index is no path");
        }
      }
      int kept = (i == 0 ? 0 : pathLength[i - 1]) - drop;
      int stop = terminator(path, end);
      if (kept < 0) {
        throw new CorruptException("a path of the index is no path");
      }
      int length = kept + stop - path;
      if (filled + length > all.length) {
        if (filled + length > LARGEST) {
          throw new CorruptException("the paths of the index are too long");
        }
        all = Arrays.copyOf(all, Math.min(LARGEST, Math.max(filled + length, 2 * all.length)));
      }
      if (i > 0) {
        System.arraycopy(all, pathAt[i - 1], all, filled, kept);
      }
      System.arraycopy(data, path, all, filled + kept, stop - path);
      pathAt[i] = filled;
      pathLength[i] = length;
      filled += length;
      next = stop + 1;
    }
    paths = all;
    return next;
  }

  private int terminator(int from, int end) throws CorruptException {
    for (int i = from; i < end; i++) {
      if (data[i] == 0) {
        return i;
      }
    }
    throw new CorruptException("the index is cut short");
  }

  private void extensions(int from, int end) throws CorruptException {
    int next = from;
    while (next <= end - 8) {
      int name = number(next);
      int length = number(next + 4);
      int begin = next + 8;
      if (length < 0 || length > end - begin) {
        throw new CorruptException("an extension of the index is cut short");
      }
      switch (name) {
        case 0x54524545 -> { // TREE
          var cursor = new Cursor(begin, begin + length);
          tree = length == 0 ? null : cachedTree(cursor, 0);
        }
        case 0x6c696e6b -> { // link
          linkAt = begin;
          linkEnd = begin + length;
        }
        case 0x73646972 -> {} // sdir: folders may stand for all they hold; entries say so
        default -> {
          if (name >>> 24 < 'A' || name >>> 24 > 'Z') {
            throw new CorruptException("the index has an extension that must be understood");
          }
        }
      }
      next = begin + length;
    }
  }

  private static final class Cursor {
    int next;
    final int end;

    Cursor(int next, int end) {
      this.next = next;
      this.end = end;
    }
  }

  private CachedTree cachedTree(Cursor cursor, int depth) throws CorruptException {
    int name = cursor.next;
    int nameEnd = terminator(name, cursor.end);
    cursor.next = nameEnd + 1;
    int entries = decimal(cursor, ' ');
    int folders = decimal(cursor, '\n');
    int id = cursor.next;
    if (entries >= 0) {
      cursor.next += idLength;
    }
    if (cursor.next > cursor.end
        || folders < 0
        || folders > cursor.end - cursor.next
        || depth > DEEPEST) {
      throw new CorruptException("the index's cache of trees is damaged");
    }
    var inner = new ArrayList<CachedTree>(folders);
    for (int i = 0; i < folders; i++) {
      inner.add(cachedTree(cursor, depth + 1));
    }
    return new CachedTree(name, nameEnd - name, entries, id, inner);
  }

  private int decimal(Cursor cursor, char stop) throws CorruptException {
    int i = cursor.next;
    boolean negative = i < cursor.end && data[i] == '-';
    long value = 0;
    for (i += negative ? 1 : 0; i < cursor.end && data[i] != stop; i++) {
      int digit = data[i] - '0';
      value = value * 10 + digit;
      if (digit < 0 || digit > 9 || value > Integer.MAX_VALUE) {
        throw new CorruptException("the index's cache of trees is damaged");
      }
    }
    cursor.next = i + 1;
    return (int) (negative ? -value : value);
  }

  private int number(int from) {
    return BigEndian.i32(data, from);
  }

  private static int short16(byte[] bytes, int from) {
    return (bytes[from] & 0xff) << 8 | bytes[from + 1] & 0xff;
  }

  // ---- split indexes

  /// Joins a split index with the part it shares: entries of that part may be deleted or replaced,
  /// and others are added.
  private void join(Path folder) throws IOException, CorruptException {
    if (linkEnd - linkAt < idLength) {
      throw new CorruptException("the split index does not name its other part");
    }
    String name = HexFormat.of().formatHex(data, linkAt, linkAt + idLength);
    if (name.equals("0".repeat(2 * idLength))) {
      return; // nothing is shared
    }
    Path file = folder.resolve("sharedindex." + name);
    if (!Files.exists(file)) {
      throw new CorruptException("the shared part of the split index is not there");
    }
    GitIndex base = parse(bytes(file), idLength);
    var cursor = new Cursor(linkAt + idLength, linkEnd);
    boolean[] deleted = bitmap(cursor, base.count);
    boolean[] replaced = bitmap(cursor, base.count);
    var whole = new Joined(base);
    int own = 0;
    for (int i = 0; i < base.count; i++) {
      if (replaced[i]) {
        if (own >= count || pathLength[own] != 0) {
          throw new CorruptException("the split index lacks an entry that it announces");
        }
        whole.add(at[own++], base, i);
      } else if (!deleted[i]) {
        whole.add(base, i);
      }
    }
    for (; own < count; own++) {
      whole.add(at[own], this, own);
    }
    whole.sort();
  }

  /// The entries of both parts, in arrays over both files.
  private final class Joined {
    final byte[] bothPaths;
    final int ownPaths; // where this part's paths begin
    final int baseData = data.length; // where the shared part's file begins
    final int[] newAt;
    final int[] newPathAt;
    final int[] newPathLength;
    final byte[] bothData;
    int filled;

    Joined(GitIndex base) {
      int most = Math.addExact(count, base.count);
      newAt = new int[most];
      newPathAt = new int[most];
      newPathLength = new int[most];
      bothData = joined(data, base.data); // this part first: the cached trees point into it
      bothPaths = joined(base.paths, paths);
      ownPaths = base.paths.length;
    }

    /// Takes an entry of this part's under the path of one of the shared part's.
    void add(int dataAt, GitIndex pathOf, int entry) {
      newAt[filled] = dataAt;
      newPathAt[filled] = pathOf.pathAt[entry] + (pathOf == GitIndex.this ? ownPaths : 0);
      newPathLength[filled++] = pathOf.pathLength[entry];
    }

    void add(GitIndex base, int entry) {
      add(base.at[entry] + baseData, base, entry);
    }

    void sort() {
      var order = new Integer[filled];
      Arrays.setAll(order, i -> i);
      data = bothData;
      paths = bothPaths;
      at = newAt;
      pathAt = newPathAt;
      pathLength = newPathLength;
      count = filled;
      Arrays.sort(
          order,
          (a, b) -> {
            int byPath =
                Arrays.compareUnsigned(
                    paths, pathStart(a), pathEnd(a), paths, pathStart(b), pathEnd(b));
            return byPath != 0 ? byPath : Integer.compare(stage(a), stage(b));
          });
      at = ordered(newAt, order);
      pathAt = ordered(newPathAt, order);
      pathLength = ordered(newPathLength, order);
    }

    private static int[] ordered(int[] values, Integer[] order) {
      int[] result = new int[order.length];
      for (int i = 0; i < order.length; i++) {
        result[i] = values[order[i]];
      }
      return result;
    }
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, Math.addExact(first.length, second.length));
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  /// Reads a compressed bitmap (EWAH): words of 64 bits in runs of equal ones and as they are.
  private boolean[] bitmap(Cursor cursor, int bits) throws CorruptException {
    boolean[] set = new boolean[bits];
    if (cursor.next == cursor.end) {
      return set; // an index that shares everything has no bitmaps
    }
    int words = number(cursor.next + 4);
    int first = cursor.next + 8;
    if (words < 0 || words > (cursor.end - first - 4) / 8) {
      throw new CorruptException("a bitmap of the split index is cut short");
    }
    long bit = 0;
    for (int w = 0; w < words; ) {
      long head = word(first + 8 * w++);
      long run = (head >>> 1 & 0xffffffffL) * 64;
      if ((head & 1) != 0) {
        Arrays.fill(set, (int) Math.min(bits, bit), (int) Math.min(bits, bit + run), true);
      }
      bit += run;
      long literal = head >>> 33;
      if (literal > words - w) {
        throw new CorruptException("a bitmap of the split index is cut short");
      }
      for (int i = 0; i < literal; i++, w++, bit += 64) {
        long word = word(first + 8 * w);
        for (int b = 0; b < 64 && bit + b < bits; b++) {
          set[(int) (bit + b)] = (word >>> b & 1) != 0;
        }
      }
    }
    cursor.next = first + 8 * words + 4;
    return set;
  }

  private long word(int from) {
    return BigEndian.i64(data, from);
  }
}
