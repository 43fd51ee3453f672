package dev.stanch.detectors.source.git;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// What a server says before anything is fetched, the names and ids of its refs: all of it is kept
/// in memory, so there is an end to how much is heard. Thread-safe.
final class Advertisement {
  /// About a million refs.
  static final long MOST = 1 << 26;

  private final long most;
  private long heard;
  private boolean open = true;
  private boolean tooLong;

  Advertisement(long most) {
    this.most = most;
  }

  /// Reads on, as long as it is not too much.
  InputStream heardFrom(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read() throws IOException {
        int next = super.read();
        hear(next < 0 ? 0 : 1);
        return next;
      }

      @Override
      public int read(byte[] buffer, int from, int length) throws IOException {
        int count = super.read(buffer, from, length);
        hear(Math.max(0, count));
        return count;
      }
    };
  }

  private synchronized void hear(int count) throws IOException {
    heard += count;
    if (open && heard > most) {
      tooLong = true;
      throw new IOException("more than " + most + " bytes of names");
    }
  }

  /// What follows is what was asked for, of any length.
  synchronized void end() {
    open = false;
  }

  /// Whether it was given up.
  synchronized boolean tooLong() {
    return tooLong;
  }
}
