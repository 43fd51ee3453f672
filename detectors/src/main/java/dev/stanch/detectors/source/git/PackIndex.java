package dev.stanch.detectors.source.git;

import java.util.Arrays;

/// The sorted object ids of one pack and where each object begins in it.
///
/// Versions 1 and 2 of the `.idx` format, and the part of a multi-pack-index that belongs to one
/// pack.
sealed interface PackIndex {
  int count();

  /// Copies the id at a position to an array.
  void id(int position, byte[] to, int at);

  /// The offset of each object, by position.
  long[] offsets();

  /// The offset of the object at a position.
  long offset(int position);

  /// The position of the first id whose first byte is not below `b`, which may be 256.
  int first(int b);

  /// The first 8 bytes of the id at a position.
  long key(int position);

  /// Compares the id at a position with one in an array, as unsigned bytes.
  int compare(int position, byte[] id, int at);

  /// The position of an id, or -1.
  default int find(byte[] id, int at) {
    int position = firstNotBelow(id, at);
    return position < count() && compare(position, id, at) == 0 ? position : -1;
  }

  /// The position of the first id that does not sort before one in an array.
  default int firstNotBelow(byte[] id, int at) {
    int low = first(id[at] & 0xff);
    int high = first((id[at] & 0xff) + 1);
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (compare(middle, id, at) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /// Opens an `.idx` file after checking all its lengths against each other.
  static PackIndex open(Mapped file, int idLength) throws CorruptException {
    if (file.size() < 1032) {
      throw new CorruptException("the index is cut short");
    }
    boolean second = file.i32(0) == 0xff744f63;
    if (second && file.i32(4) != 2) {
      throw new CorruptException("index version " + file.i32(4) + " is unknown");
    }
    long fanout = second ? 8 : 0;
    long count = 0;
    for (int i = 0; i < 256; i++) {
      long next = file.u32(fanout + 4L * i);
      if (next < count) {
        throw new CorruptException("the index's fan-out table is not sorted");
      }
      count = next;
    }
    long perObject = second ? idLength + 8L : idLength + 4L;
    long tables = fanout + 1024 + count * perObject + 2L * idLength;
    long more = file.size() - tables;
    if (count > Integer.MAX_VALUE - 8 || more < 0 || (second ? more % 8 != 0 : more != 0)) {
      throw new CorruptException("the index's length does not fit its number of objects");
    }
    return second
        ? new Version2(file, (int) count, idLength, (int) (more / 8))
        : new Version1(file, (int) count, idLength);
  }

  private static int compareId(Mapped file, long from, byte[] id, int at, int length) {
    // Ids are 20 or 32 bytes: eight at a time, the last eight overlapping.
    for (int i = 0; i < length; i = i + 8 < length ? Math.min(i + 8, length - 8) : length) {
      long stored = file.i64(from + i);
      long wanted = BigEndian.i64(id, at + i);
      if (stored != wanted) {
        return Long.compareUnsigned(stored, wanted);
      }
    }
    return 0;
  }

  /// Offset and id side by side; packs below 4 GiB only.
  record Version1(Mapped file, int count, int idLength) implements PackIndex {
    private long row(int position) {
      return 1024 + (idLength + 4L) * position;
    }

    @Override
    public int first(int b) {
      return b == 0 ? 0 : file.i32(4L * (b - 1));
    }

    @Override
    public void id(int position, byte[] to, int at) {
      file.copy(row(position) + 4, to, at, idLength);
    }

    @Override
    public long[] offsets() {
      long[] offsets = new long[count];
      for (int i = 0; i < count; i++) {
        offsets[i] = file.u32(row(i));
      }
      return offsets;
    }

    @Override
    public long offset(int position) {
      return file.u32(row(position));
    }

    @Override
    public long key(int position) {
      return file.i64(row(position) + 4);
    }

    @Override
    public int compare(int position, byte[] id, int at) {
      return compareId(file, row(position) + 4, id, at, idLength);
    }
  }

  /// Ids, checksums, offsets, and a table of offsets beyond 2 GiB.
  record Version2(Mapped file, int count, int idLength, int large) implements PackIndex {
    private static final long IDS = 8 + 1024;

    @Override
    public int first(int b) {
      return b == 0 ? 0 : file.i32(8 + 4L * (b - 1));
    }

    @Override
    public void id(int position, byte[] to, int at) {
      file.copy(IDS + (long) idLength * position, to, at, idLength);
    }

    @Override
    public long[] offsets() {
      long table = IDS + (idLength + 4L) * count;
      int[] small = file.ints(table, count);
      long[] offsets = new long[count];
      for (int i = 0; i < count; i++) {
        offsets[i] = offset(table, small[i]);
      }
      return offsets;
    }

    @Override
    public long offset(int position) {
      long table = IDS + (idLength + 4L) * count;
      return offset(table, file.i32(table + 4L * position));
    }

    private long offset(long table, int small) {
      int row = small & 0x7fffffff;
      // A row beyond the table gives an offset no pack has: that object alone is unreadable.
      return small >= 0
          ? small
          : row < large ? file.i64(table + 4L * count + 8L * row) : Long.MAX_VALUE;
    }

    @Override
    public long key(int position) {
      return file.i64(IDS + (long) idLength * position);
    }

    @Override
    public int compare(int position, byte[] id, int at) {
      return compareId(file, IDS + (long) idLength * position, id, at, idLength);
    }
  }

  /// The objects a multi-pack-index places in one pack; used when that pack has no index of its
  /// own.
  final class Listed implements PackIndex {
    private final byte[] ids;
    private final long[] offsets;
    private final int idLength;

    Listed(byte[] ids, long[] offsets, int idLength) {
      this.ids = ids;
      this.offsets = offsets;
      this.idLength = idLength;
    }

    @Override
    public int count() {
      return offsets.length;
    }

    @Override
    public int first(int b) {
      int low = 0;
      int high = count();
      while (low < high) {
        int middle = (low + high) >>> 1;
        if ((ids[middle * idLength] & 0xff) < b) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }

    @Override
    public void id(int position, byte[] to, int at) {
      System.arraycopy(ids, position * idLength, to, at, idLength);
    }

    @Override
    public long[] offsets() {
      return offsets.clone();
    }

    @Override
    public long offset(int position) {
      return offsets[position];
    }

    @Override
    public long key(int position) {
      return BigEndian.i64(ids, position * idLength);
    }

    @Override
    public int compare(int position, byte[] id, int at) {
      int from = position * idLength;
      return Arrays.compareUnsigned(ids, from, from + idLength, id, at, at + idLength);
    }
  }
}
