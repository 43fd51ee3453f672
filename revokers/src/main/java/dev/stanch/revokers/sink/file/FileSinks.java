package dev.stanch.revokers.sink.file;

import dev.stanch.revokers.spi.ProviderContext;
import dev.stanch.revokers.spi.Sink;
import dev.stanch.revokers.spi.SinkAddress;
import dev.stanch.revokers.spi.SinkKind;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/// Files of this machine: `.env`, YAML, JSON, notebooks, whatever is text.
public final class FileSinks implements SinkKind {
  /// Two tokens of one file are replaced one after the other.
  private final Lock lock = new ReentrantLock();

  /// The kind; found by `ServiceLoader`.
  public FileSinks() {}

  @Override
  public String name() {
    return "file";
  }

  @Override
  public String usage() {
    return "file:/PATH";
  }

  @Override
  public Sink open(SinkAddress address, ProviderContext context) {
    Path path;
    try {
      path = Path.of(address.where());
    } catch (InvalidPathException _) {
      throw new IllegalArgumentException("no path of a file");
    }
    if (!path.isAbsolute() || path.getFileName() == null) {
      throw new IllegalArgumentException("a file is named by its whole path, from /");
    }
    return new FileSink(address, path, lock);
  }
}
