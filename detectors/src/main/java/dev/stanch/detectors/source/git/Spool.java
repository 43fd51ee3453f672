package dev.stanch.detectors.source.git;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The bytes of one object too large for the memory, in a file that has no name where the system
/// allows that, and is gone when this is closed. Not thread-safe.
final class Spool implements AutoCloseable {
  private final Path path;
  private final long space;
  private final FileChannel channel;
  private final Arena arena = Arena.ofConfined();
  private long size;

  private Spool() throws IOException {
    path = Files.createTempFile("stanch", ".tmp"); // readable by its owner alone
    space = Files.getFileStore(path).getUsableSpace();
    channel =
        FileChannel.open(
            path,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
  }

  /// What writes an object's bytes.
  interface Writing {
    void to(OutputStream out) throws IOException, CorruptException;
  }

  /// Writes `size` bytes to a spool, or fails.
  static Spool of(long size, Writing writing) throws IOException, CorruptException {
    Spool spool = new Spool();
    boolean done = false;
    try {
      if (spool.space < 2 * size) {
        throw new CorruptException("the object is too large for the space left on the disk");
      }
      var out = new BufferedOutputStream(Channels.newOutputStream(spool.channel), 1 << 16);
      writing.to(out);
      out.flush();
      spool.size = spool.channel.size();
      if (spool.size != size) {
        throw new CorruptException("the object has another size than announced");
      }
      done = true;
      return spool;
    } finally {
      if (!done) {
        spool.close();
      }
    }
  }

  long size() {
    return size;
  }

  Mapped map() throws IOException {
    return Mapped.of(channel, arena);
  }

  InputStream open() throws IOException {
    channel.position(0);
    return Channels.newInputStream(channel);
  }

  @Override
  public void close() throws IOException {
    arena.close();
    channel.close();
    Files.deleteIfExists(path);
  }
}
