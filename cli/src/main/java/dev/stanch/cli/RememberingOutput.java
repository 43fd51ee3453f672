package dev.stanch.cli;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// Standard output that remembers a failed write: `PrintWriter` swallows it, and a report cut short
/// by a full disk must not end with exit code 0.
final class RememberingOutput extends FilterOutputStream {
  private @Nullable IOException failure;

  RememberingOutput(OutputStream to) {
    super(new BufferedOutputStream(to, 1 << 16));
  }

  /// Whether bytes were lost that somebody wanted: a reader that closed its end (`| head`) had
  /// enough.
  boolean lostBytes() {
    return failure != null && !"Broken pipe".equals(failure.getMessage());
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    remember(() -> out.write(bytes, from, count));
  }

  @Override
  public void write(int value) throws IOException {
    remember(() -> out.write(value));
  }

  @Override
  public void flush() throws IOException {
    remember(out::flush);
  }

  private void remember(Writing writing) throws IOException {
    try {
      writing.run();
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  private interface Writing {
    void run() throws IOException;
  }
}
