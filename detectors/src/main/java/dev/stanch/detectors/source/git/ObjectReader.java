package dev.stanch.detectors.source.git;

import java.util.ArrayDeque;
import java.util.Arrays;

/// Reads single objects in full, whatever chain of deltas they stand on. One per thread.
public final class ObjectReader {
  /// Chains are followed this far: twenty times what git makes on request, and bounded on hostile
  /// packs.
  private static final int LONGEST_CHAIN = 100_000;

  private final ObjectTable table;
  private final EntryReader reader;
  private final Delta delta = new Delta();

  /// A reader of the objects of a table.
  public ObjectReader(ObjectTable table) {
    this.table = table;
    this.reader = new EntryReader(table);
  }

  /// Reads an object.
  ///
  /// @param most the size up to which it is read
  /// @return its bytes, or an empty array's reference [#UNREAD] after adding a problem
  public byte[] read(int entry, int most) {
    try {
      return readChain(entry, most);
    } catch (CorruptException e) {
      table.problems().add(Problem.Kind.CORRUPT, table.name(entry), String.valueOf(e.getMessage()));
    } catch (IndexOutOfBoundsException | InternalError e) {
      table
          .problems()
          .add(Problem.Kind.CORRUPT, table.name(entry), "its bytes lie beyond the end of the pack");
    }
    return UNREAD;
  }

  /// What [#read] returns for an object it could not read; compare by identity.
  @SuppressWarnings("MutablePublicArray") // empty, hence immutable
  public static final byte[] UNREAD = {};

  private byte[] readChain(int entry, int most) throws CorruptException {
    var chain = new ArrayDeque<Integer>();
    for (int e = entry; e != ObjectTable.NONE; e = table.base(e)) {
      chain.push(e);
      if (chain.size() > LONGEST_CHAIN) {
        throw new CorruptException("its chain of deltas is too long");
      }
    }
    byte[] bytes = readEntry(chain.pop(), most);
    int length = bytes.length - Inflate.OUT_SLACK;
    while (!chain.isEmpty()) {
      byte[] change = readEntry(chain.pop(), most);
      int changeLength = change.length - Inflate.OUT_SLACK;
      int size = limited(delta.begin(change, changeLength, length), most);
      byte[] result = new byte[size + Inflate.OUT_SLACK];
      delta.apply(change, changeLength, bytes, length, result, size);
      bytes = result;
      length = size;
    }
    return Arrays.copyOf(bytes, length);
  }

  private byte[] readEntry(int entry, int most) throws CorruptException {
    byte[] bytes = new byte[limited(reader.open(entry), most) + Inflate.OUT_SLACK];
    reader.inflate(bytes);
    return bytes;
  }

  private static int limited(long size, int most) throws CorruptException {
    if (size > most) {
      throw new CorruptException(
          "the object is too large to be read as what it is: " + size + " bytes");
    }
    return (int) size;
  }
}
