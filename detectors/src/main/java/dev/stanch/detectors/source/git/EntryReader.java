package dev.stanch.detectors.source.git;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
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

  private final ObjectTable table;
  private final Inflate inflate = new Inflate();
  private byte[] in = new byte[FIRST_READ + Inflate.IN_SLACK];
  private final byte[] header = new byte[LOOSE_HEADER + Inflate.OUT_SLACK];
  private byte[] withHeader = {};

  // The current entry: in[from, to) holds its first compressed bytes, `compressed` of them may
  // exist in all.
  private int entry;
  private @Nullable Path file; // of a loose object
  private int from;
  private int to;
  private long compressed;
  private long size;
  private int headerLength; // of a loose object: part of the stream
  private byte looseType;

  EntryReader(ObjectTable table) {
    this.table = table;
  }

  /// Makes an entry the current one.
  ///
  /// @return the number of its inflated bytes, as announced
  long open(int newEntry) throws CorruptException {
    entry = newEntry;
    if (table.isLoose(entry)) {
      openLoose();
    } else {
      openPacked();
    }
    return size;
  }

  /// Inflates the current entry into an array that has room for its size and [Inflate#OUT_SLACK]
  /// bytes more.
  void inflate(byte[] out) throws CorruptException {
    readRest(size);
    int length = Math.toIntExact(size);
    int written;
    if (file == null) {
      written = inflate.exact(in, from, to, out, 0, length);
    } else {
      int all = headerLength + length;
      if (withHeader.length < all + Inflate.OUT_SLACK) {
        withHeader = new byte[all + Inflate.OUT_SLACK];
      }
      written = inflate.exact(in, from, to, withHeader, 0, all) - headerLength;
      if (written >= 0) {
        System.arraycopy(withHeader, headerLength, out, 0, length);
      }
    }
    if (written != length) {
      throw new CorruptException("the object's compressed bytes are damaged");
    }
  }

  /// Inflates the first bytes of the current, packed entry.
  ///
  /// @return how many bytes were written
  int prefix(byte[] out, int most) throws CorruptException {
    int wanted = (int) Math.min(size, most);
    readRest(wanted);
    int written = inflate.prefix(in, from, to, out, 0, wanted);
    if (written < wanted) {
      throw new CorruptException("the object's compressed bytes are damaged");
    }
    return written;
  }

  /// Opens the current entry's inflated bytes as a stream, for objects too large to hold.
  InputStream openStream() throws CorruptException, IOException {
    InputStream raw =
        file == null
            ? new PackedStream(table.pack(entry), table.offset(entry) + from, compressed - from)
            : Files.newInputStream(file);
    InputStream inflated = new InflaterInputStream(raw, new Inflater(), 1 << 16);
    inflated.skipNBytes(headerLength);
    return inflated;
  }

  /// The type of a loose object, as [ObjectType#code].
  byte looseType(int looseEntry) throws CorruptException {
    open(looseEntry);
    return looseType;
  }

  private void openPacked() throws CorruptException {
    file = null;
    headerLength = 0;
    Pack pack = table.pack(entry);
    long begin = table.offset(entry);
    compressed = table.limit(entry, pack) - begin;
    if (compressed <= 0) {
      throw new CorruptException("two objects share one place in their pack");
    }
    to = (int) Math.min(FIRST_READ, compressed);
    pack.bytes().copy(begin, in, 0, to);
    Arrays.fill(in, to, to + Inflate.IN_SLACK, (byte) 0);
    int at = 0;
    int b = in[at++];
    int kind = b >>> 4 & 7;
    long announced = b & 15;
    for (int shift = 4; b < 0; shift += 7) {
      if (shift > 53 || at >= to) {
        throw new CorruptException("the size in the object's header has no end");
      }
      b = in[at++];
      announced |= (long) (b & 0x7f) << shift;
    }
    if (kind == 6) {
      do {
        if (at >= to) {
          throw new CorruptException("the object's header is cut short");
        }
      } while (in[at++] < 0);
    } else if (kind == 7) {
      at += table.idLength();
    }
    if (at >= to) {
      throw new CorruptException("the object's header is cut short");
    }
    from = at;
    size = announced;
  }

  private void openLoose() throws CorruptException {
    Path opened = table.looseFile(entry);
    file = opened;
    from = 0;
    try {
      var attributes = Files.readAttributes(opened, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        throw new CorruptException("the loose object is not a regular file");
      }
      compressed = attributes.size();
      to = readFile(opened, 0, 0, (int) Math.min(FIRST_READ, compressed));
    } catch (IOException e) {
      throw new CorruptException("the loose object could not be read");
    }
    Arrays.fill(in, to, to + Inflate.IN_SLACK, (byte) 0);
    int got = inflate.prefix(in, 0, to, header, 0, LOOSE_HEADER);
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
      table.pack(entry).bytes().copy(table.offset(entry) + to, in, to, all - to);
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
    try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
      ByteBuffer buffer = ByteBuffer.wrap(in, at, length);
      channel.position(position);
      while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
        // until the file's end
      }
      return length - buffer.remaining();
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
