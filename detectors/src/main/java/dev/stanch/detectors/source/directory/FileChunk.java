package dev.stanch.detectors.source.directory;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.Provenance;
import dev.stanch.detectors.source.ChangedException;
import dev.stanch.detectors.source.Chunk;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/// A file, read as long as it was when it was last looked at. One that turns out shorter or longer
/// has changed in the meantime, and the read fails rather than give half of each version.
final class FileChunk implements Chunk {
  /// Only files so large are asked whether there is anything in them.
  private static final long LARGE = 256L << 20;

  private static final int SAMPLES = 256;
  private static final int SAMPLE = 4096;

  private final Path file;
  private final Provenance provenance;
  private long size;
  private boolean opened;

  FileChunk(Path file, Provenance provenance, long size) {
    this.file = requireNonNull(file, "file");
    this.provenance = requireNonNull(provenance, "provenance");
    this.size = size;
  }

  @Override
  public Provenance provenance() {
    return provenance;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public InputStream open() throws IOException {
    boolean again = opened;
    opened = true;
    if (again) {
      var now = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!now.isRegularFile()) {
        throw new NoSuchFileException(file.toString());
      }
      size = now.size();
    }
    InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
    // Files of the kernel have no size before they are read.
    return size == 0 ? in : new Sized(in, size, again || size >= LARGE);
  }

  /// Whether a large file is mostly holes, as disk images are: what shows nothing but zeros
  /// wherever it is tried.
  static boolean isSparse(Path file, long size) {
    if (size < LARGE) {
      return false;
    }
    try (SeekableByteChannel channel =
        Files.newByteChannel(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      var sample = ByteBuffer.allocate(SAMPLE);
      for (int i = 0; i < SAMPLES; i++) {
        channel.position(size / SAMPLES * i);
        channel.read(sample.clear());
        for (int at = 0; at < sample.position(); at++) {
          if (sample.get(at) != 0) {
            return false;
          }
        }
      }
      return true;
    } catch (IOException _) {
      return false; // reading it will say why
    }
  }

  /// Gives as many bytes as there should be.
  private static final class Sized extends FilterInputStream {
    private final boolean cut;
    private long left;

    /// @param cut whether what was written behind those bytes meanwhile may stay unread: of a file
    ///   that grows all the time no longer version is any better
    Sized(InputStream in, long size, boolean cut) {
      super(in);
      this.left = size;
      this.cut = cut;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
      if (left == 0 && cut || length == 0) {
        return length == 0 ? 0 : -1;
      }
      int read = in.read(into, at, left == 0 ? length : (int) Math.min(length, left));
      if (read < 0 ? left > 0 : left == 0) {
        throw new ChangedException();
      }
      left -= Math.max(read, 0);
      return read;
    }
  }
}
