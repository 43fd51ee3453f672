package dev.stanch.detectors.scan;

import dev.stanch.detectors.source.BoundedTar;
import dev.stanch.detectors.source.LimitException;
import io.airlift.compress.v3.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.tukaani.xz.XZInputStream;

/// Opens what is packed or encoded as a whole, within bounds: so many bytes, so many members, so
/// deep.
final class Unpacker {
  /// Archives in archives are followed this deep.
  static final int DEEPEST = 4;

  /// One text unpacks to at most this, all members and levels together.
  static final long MOST_BYTES = 1L << 30;

  /// And to at most this many times its packed size, once past [#GRACE].
  static final int MOST_RATIO = 200;

  static final long GRACE = 64L << 20;
  static final int MOST_MEMBERS = 100_000;
  private static final int XZ_MEMORY_KIB = 128 << 10;

  private Unpacker() {}

  /// Told of each text that comes out.
  interface Members {
    void member(String way, InputStream content) throws IOException;
  }

  /// Told of what could not be read, and of what was left out by intent.
  interface Trouble {
    void unread(String way, String reason);

    default void excluded(String way, String reason) {}

    /// What tells the same of things inside `outer`.
    default Trouble within(String outer) {
      return new Trouble() {
        @Override
        public void unread(String way, String reason) {
          Trouble.this.unread(inside(way), reason);
        }

        @Override
        public void excluded(String way, String reason) {
          Trouble.this.excluded(inside(way), reason);
        }

        private String inside(String way) {
          return way.isEmpty() ? outer : outer + "!" + way;
        }
      };
    }
  }

  /// What one text may still unpack to.
  static final class Budget {
    private long bytes = MOST_BYTES;
    private int members = MOST_MEMBERS;

    void take(long count) throws LimitException {
      bytes -= count;
      if (bytes < 0) {
        throw new LimitException("unpacks to more than " + (MOST_BYTES >> 20) + " MiB");
      }
    }

    void member() throws LimitException {
      if (--members < 0) {
        throw new LimitException("has more than " + MOST_MEMBERS + " members");
      }
    }
  }

  /// Hands every member of `in`, which is of this kind, to `members`. What cannot be read goes to
  /// `trouble`.
  static void unpack(Content kind, InputStream in, Budget budget, Members members, Trouble trouble)
      throws IOException {
    var packed = new CountedInput(in);
    switch (kind) {
      case PLAIN, PICTURE, SOUND, FONT, LFS_POINTER ->
          throw new IllegalArgumentException("nothing to unpack");
      case UTF16_LITTLE -> members.member("utf-16", utf8(packed, StandardCharsets.UTF_16LE));
      case UTF16_BIG -> members.member("utf-16", utf8(packed, StandardCharsets.UTF_16BE));
      case GZIP -> members.member("gzip", bounded(new GZIPInputStream(packed), packed, budget));
      case BZIP2 ->
          members.member(
              "bzip2", bounded(new BZip2CompressorInputStream(packed, true), packed, budget));
      case XZ ->
          members.member("xz", bounded(new XZInputStream(packed, XZ_MEMORY_KIB), packed, budget));
      case ZSTD -> members.member("zstd", bounded(new ZstdInputStream(packed), packed, budget));
      case ZIP ->
          archive(
              "zip",
              new ZipArchiveInputStream(packed, "UTF-8", true, true),
              packed,
              budget,
              members,
              trouble);
      case TAR ->
          archive("tar", BoundedTar.of(packed, budget::take), packed, budget, members, trouble);
    }
  }

  private static void archive(
      String name,
      ArchiveInputStream<? extends ArchiveEntry> archive,
      CountedInput packed,
      Budget budget,
      Members members,
      Trouble trouble)
      throws IOException {
    for (ArchiveEntry entry = archive.getNextEntry();
        entry != null;
        entry = archive.getNextEntry()) {
      budget.member();
      String way = name + ":" + entry.getName();
      if (entry.isDirectory()) {
        continue;
      }
      if (!archive.canReadEntryData(entry)) {
        trouble.unread(way, "encrypted or packed in an unknown way");
        continue;
      }
      members.member(way, bounded(archive, packed, budget));
    }
  }

  private static InputStream bounded(InputStream in, CountedInput packed, Budget budget) {
    return new FilterInputStream(in) {
      private long out;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int at, int length) throws IOException {
        int count;
        try {
          count = super.read(into, at, length);
        } catch (RuntimeException e) {
          // Decoders meet hostile input with whatever exception comes first.
          throw new IOException("malformed: " + e.getClass().getSimpleName(), e);
        }
        if (count > 0) {
          out += count;
          budget.take(count);
          if (out > GRACE && out > packed.count() * MOST_RATIO) {
            throw new LimitException("unpacks to more than " + MOST_RATIO + " times its size");
          }
        }
        return count;
      }

      @Override
      public void close() {
        // The archive goes on behind this member.
      }
    };
  }

  /// Transcodes to UTF-8 as it is read; what is no character becomes a question mark.
  private static InputStream utf8(InputStream in, Charset charset) {
    return new Transcoded(new InputStreamReader(new BufferedInputStream(in), charset));
  }

  private static final class Transcoded extends InputStream {
    private final Reader reader;
    private final CharsetEncoder encoder =
        StandardCharsets.UTF_8
            .newEncoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private final CharBuffer chars = CharBuffer.allocate(8192).limit(0);
    private final ByteBuffer bytes = ByteBuffer.allocate(32768).limit(0);
    private boolean ended;
    private boolean begun;

    Transcoded(Reader reader) {
      this.reader = reader;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
      while (!bytes.hasRemaining()) {
        if (ended) {
          return -1;
        }
        chars.compact();
        int count = reader.read(chars);
        chars.flip();
        if (!begun && chars.hasRemaining()) {
          begun = true;
          if (chars.get(chars.position()) == '\ufeff') {
            chars.get();
          }
        }
        ended = count < 0;
        bytes.clear();
        encoder.encode(chars, bytes, ended);
        if (ended) {
          encoder.flush(bytes);
        }
        bytes.flip();
      }
      int count = Math.min(length, bytes.remaining());
      bytes.get(into, at, count);
      return count;
    }
  }

  private static final class CountedInput extends FilterInputStream {
    private long count;

    CountedInput(InputStream in) {
      super(in);
    }

    long count() {
      return Math.max(count, 1);
    }

    @Override
    public int read() throws IOException {
      int value = in.read();
      count += value < 0 ? 0 : 1;
      return value;
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
      int read = in.read(into, at, length);
      count += Math.max(read, 0);
      return read;
    }
  }
}
