package dev.stanch.detectors.source.git;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/// Reads the bytes of single entries: a delta entry's delta, any other entry's object. One per
/// thread.
final class EntryReader {
  /// Compressed bytes are first read this far; most entries end long before.
  private static final int FIRST_READ = 1 << 16;

  /// The longest header of a loose object, its type and size in words.
  private static final int LOOSE_HEADER = 32;

  private final @Nullable ObjectTable table;
  private final int idLength;
  private final int firstRead;
  private final @Nullable Inflate inflate; // for many objects
  private final @Nullable Inflater system; // for few: nothing to warm up
  private byte[] in = new byte[FIRST_READ + Inflate.IN_SLACK];
  private final byte[] header = new byte[LOOSE_HEADER + Inflate.OUT_SLACK];
  private byte[] withHeader = {};

  // The current entry: in[from, to) holds its first compressed bytes, `compressed` of them may
  // exist in all.
  private @Nullable Path file; // of a loose object
  private @Nullable Pack pack; // of any other
  private long begin;
  private int kind; // as the pack's header has it
  private int baseAt; // in[]: where the base's offset or id begins
  private int from;
  private int to;
  private long compressed;
  private long size;
  private int headerLength; // of a loose object: part of the stream
  private byte looseType;

  /// A reader of a table's entries.
  EntryReader(ObjectTable table) {
    this.table = table;
    this.idLength = table.idLength();
    this.firstRead = FIRST_READ;
    this.inflate = new Inflate();
    this.system = null;
  }

  /// A reader of objects whose packs and places the caller knows; their compressed length is not
  /// known.
  EntryReader(int idLength) {
    this.table = null;
    this.idLength = idLength;
    this.firstRead = 1 << 12;
    this.inflate = null;
    this.system = new Inflater();
  }

  /// Makes an entry the current one.
  ///
  /// @return the number of its inflated bytes, as announced
  long open(int entry) throws CorruptException {
    ObjectTable entries = requireNonNull(table);
    if (entries.isLoose(entry)) {
      return openLoose(entries.looseFile(entry));
    }
    Pack from = entries.pack(entry);
    return openPacked(from, entries.offset(entry), entries.limit(entry, from));
  }

  /// Inflates the current entry into an array that has room for its size and [Inflate#OUT_SLACK]
  /// bytes more.
  void inflate(byte[] out) throws CorruptException {
    readRest(size);
    int length = Math.toIntExact(size);
    int written;
    if (file == null) {
      written = exact(out, length);
    } else {
      int all = headerLength + length;
      if (withHeader.length < all + Inflate.OUT_SLACK) {
        withHeader = new byte[all + Inflate.OUT_SLACK];
      }
      written = exact(withHeader, all) - headerLength;
      if (written >= 0) {
        System.arraycopy(withHeader, headerLength, out, 0, length);
      }
    }
    if (written != length) {
      throw new CorruptException("the object's compressed bytes are damaged");
    }
  }

  /// Inflates a stream that holds exactly `length` bytes; returns their number or
  /// [Inflate#CORRUPT].
  private int exact(byte[] out, int length) {
    if (inflate != null) {
      return inflate.exact(in, from, to, out, 0, length);
    }
    Inflater decoder = requireNonNull(system);
    int written = begin(decoder, from, out, length);
    try {
      // The last bytes of the stream may still be unread; what they hold is its checksum.
      boolean whole =
          written == length
              && (decoder.finished() || decoder.inflate(new byte[1]) == 0 && decoder.finished());
      return whole ? written : Inflate.CORRUPT;
    } catch (DataFormatException e) {
      return Inflate.CORRUPT;
    }
  }

  /// Inflates up to `most` first bytes of a stream; returns how many there were.
  private int first(int begin, byte[] out, int most) {
    return inflate != null
        ? inflate.prefix(in, begin, to, out, 0, most)
        : begin(requireNonNull(system), begin, out, most);
  }

  private int begin(Inflater decoder, int begin, byte[] out, int most) {
    decoder.reset();
    decoder.setInput(in, begin, to - begin);
    int written = 0;
    try {
      while (written < most) {
        int more = decoder.inflate(out, written, most - written);
        if (more == 0) {
          break;
        }
        written += more;
      }
    } catch (DataFormatException e) {
      return written;
    }
    return written;
  }

  /// Inflates the first bytes of the current, packed entry.
  ///
  /// @return how many bytes were written
  int prefix(byte[] out, int most) throws CorruptException {
    int wanted = (int) Math.min(size, most);
    readRest(wanted);
    int written = first(from, out, wanted);
    if (written < wanted) {
      throw new CorruptException("the object's compressed bytes are damaged");
    }
    return written;
  }

  /// Opens the current entry's inflated bytes as a stream, for objects too large to hold.
  InputStream openStream() throws CorruptException, IOException {
    InputStream raw =
        file == null
            ? new PackedStream(requireNonNull(pack), begin + from, compressed - from)
            : Files.newInputStream(file);
    InputStream inflated =
        new InflaterInputStream(raw, new Inflater(), 1 << 16) {
          @Override
          public void close() throws IOException {
            inf.end();
            super.close();
          }
        };
    inflated.skipNBytes(headerLength);
    return inflated;
  }

  /// The type of a loose object, as [ObjectType#code].
  byte looseType(int looseEntry) throws CorruptException {
    open(looseEntry);
    return looseType;
  }

  /// The type of the current loose object, as [ObjectType#code].
  byte looseType() {
    return looseType;
  }

  /// The kind of the current packed entry: 1 to 4 for the types, 6 and 7 for deltas.
  int kind() {
    return kind;
  }

  /// How far before the current delta its base begins.
  long baseDistance() throws CorruptException {
    int at = baseAt;
    long back = in[at] & 0x7f;
    while (in[at++] < 0) {
      back = (back + 1) << 7 | in[at] & 0x7f;
      if (back > begin) {
        throw new CorruptException("the delta's base lies before its pack");
      }
    }
    return back;
  }

  /// The id of the current delta's base.
  byte[] baseId() {
    return Arrays.copyOfRange(in, baseAt, baseAt + idLength);
  }

  /// Makes the object at a place in a pack the current one.
  ///
  /// @param limit where its bytes end at the latest
  /// @return the number of its inflated bytes, as announced
  long openPacked(Pack newPack, long newBegin, long limit) throws CorruptException {
    file = null;
    pack = newPack;
    begin = newBegin;
    headerLength = 0;
    compressed = limit - begin;
    if (compressed <= 0) {
      throw new CorruptException("two objects share one place in their pack");
    }
    to = (int) Math.min(firstRead, compressed);
    newPack.bytes().copy(begin, in, 0, to);
    Arrays.fill(in, to, to + Inflate.IN_SLACK, (byte) 0);
    int at = 0;
    int b = in[at++];
    kind = b >>> 4 & 7;
    long announced = b & 15;
    for (int shift = 4; b < 0; shift += 7) {
      if (shift > 53 || at >= to) {
        throw new CorruptException("the size in the object's header has no end");
      }
      b = in[at++];
      announced |= (long) (b & 0x7f) << shift;
    }
    baseAt = at;
    if (kind == 6) {
      do {
        if (at >= to) {
          throw new CorruptException("the object's header is cut short");
        }
      } while (in[at++] < 0);
    } else if (kind == 7) {
      at += idLength;
    }
    if (at >= to) {
      throw new CorruptException("the object's header is cut short");
    }
    from = at;
    size = announced;
    return size;
  }

  /// Makes the object in a file of its own the current one.
  ///
  /// @return the number of its inflated bytes, as announced
  long openLoose(Path opened) throws CorruptException {
    file = opened;
    pack = null;
    from = 0;
    try {
      var attributes = Files.readAttributes(opened, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        throw new CorruptException("the loose object is not a regular file");
      }
      compressed = attributes.size();
      to = readFile(opened, 0, 0, (int) Math.min(firstRead, compressed));
    } catch (IOException e) {
      throw new CorruptException("the loose object could not be read");
    }
    Arrays.fill(in, to, to + Inflate.IN_SLACK, (byte) 0);
    int got = first(0, header, LOOSE_HEADER);
    int space = 0;
    while (space < got && header[space] != ' ') {
      space++;
    }
    looseType = type(header, space);
    int at = space + 1;
    long announced = at < got && header[at] != 0 ? 0 : -1;
    for (; at < got && header[at] != 0; at++) {
      int digit = header[at] - '0';
      if (digit < 0 || digit > 9 || at > space + 17) {
        throw new CorruptException("the loose object's header is not one");
      }
      announced = announced * 10 + digit;
    }
    if (at >= got || announced < 0 || looseType < 0) {
      throw new CorruptException("the loose object's header is not one");
    }
    headerLength = at + 1;
    size = announced;
    return size;
  }

  private static byte type(byte[] text, int length) {
    String word =
        new String(
            text, 0, Math.min(length, LOOSE_HEADER), java.nio.charset.StandardCharsets.ISO_8859_1);
    return switch (word) {
      case "commit" -> 0;
      case "tree" -> 1;
      case "blob" -> 2;
      case "tag" -> 3;
      default -> -1;
    };
  }

  /// Reads as many further compressed bytes as a stream of `length` bytes can take.
  private void readRest(long length) throws CorruptException {
    long needed = Math.min(compressed, from + headerLength + length + length / 8 + 1024);
    if (needed <= to) {
      return;
    }
    int all = Math.toIntExact(needed);
    if (in.length < all + Inflate.IN_SLACK) {
      in = Arrays.copyOf(in, all + Inflate.IN_SLACK);
    }
    if (file == null) {
      requireNonNull(pack).bytes().copy(begin + to, in, to, all - to);
      to = all;
    } else {
      try {
        to += readFile(file, to, to, all - to);
      } catch (IOException e) {
        throw new CorruptException("the loose object could not be read");
      }
    }
    Arrays.fill(in, to, to + Inflate.IN_SLACK, (byte) 0);
  }

  private int readFile(Path path, long position, int at, int length) throws IOException {
    try (var open = new RandomAccessFile(path.toFile(), "r")) {
      open.seek(position);
      int got = 0;
      for (int n = 0; n >= 0 && got < length; n = open.read(in, at + got, length - got)) {
        got += n;
      }
      return got;
    }
  }

  /// The compressed bytes of one packed entry.
  private static final class PackedStream extends InputStream {
    private final Pack pack;
    private long at;
    private long left;

    PackedStream(Pack pack, long at, long left) {
      this.pack = pack;
      this.at = at;
      this.left = left;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int n = (int) Math.min(length, left);
      if (n <= 0) {
        return length == 0 ? 0 : -1;
      }
      try {
        pack.bytes().copy(at, into, offset, n);
      } catch (IndexOutOfBoundsException | InternalError e) {
        throw new IOException("the pack is cut short", e);
      }
      at += n;
      left -= n;
      return n;
    }
  }
}
