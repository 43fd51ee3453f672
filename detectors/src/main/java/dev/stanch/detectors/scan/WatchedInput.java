package dev.stanch.detectors.scan;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A text that tells the progress how much of it was read, and ends early when the scan is to stop.
final class WatchedInput extends FilterInputStream {
  private final ScanProgress progress;

  WatchedInput(InputStream in, ScanProgress progress) {
    super(in);
    this.progress = progress;
  }

  @Override
  public int read() throws IOException {
    int value = progress.stopping() ? -1 : in.read();
    if (value >= 0) {
      progress.read(1);
    }
    return value;
  }

  @Override
  public int read(byte[] into, int at, int length) throws IOException {
    int count = progress.stopping() ? -1 : in.read(into, at, length);
    if (count > 0) {
      progress.read(count);
    }
    return count;
  }
}
