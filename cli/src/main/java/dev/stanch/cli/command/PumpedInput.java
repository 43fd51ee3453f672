package dev.stanch.cli.command;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Standard input that can be left: a read of a pipe blocks until somebody writes, whatever happens
/// meanwhile, so a thread that nobody waits for does the reading.
final class PumpedInput extends InputStream {
  private static final int BLOCK = 1 << 17;
  private static final int WAIT_MILLIS = 50;

  private final BlockingQueue<Block> blocks = new ArrayBlockingQueue<>(8);
  private final BooleanSupplier leave;
  private ByteBuffer current = ByteBuffer.allocate(0);
  private boolean ended;

  PumpedInput(InputStream in, BooleanSupplier leave) {
    this.leave = requireNonNull(leave, "leave");
    Thread.ofPlatform().daemon().name("stanch-stdin").start(() -> pump(in));
  }

  /// Bytes, or none at the end; `failure` where reading failed.
  private record Block(ByteBuffer bytes, @Nullable IOException failure) {}

  private void pump(InputStream in) {
    try {
      byte[] buffer = new byte[BLOCK];
      int count;
      while ((count = in.read(buffer)) >= 0) {
        if (count > 0) {
          blocks.put(new Block(ByteBuffer.wrap(Arrays.copyOf(buffer, count)), null));
        }
      }
      blocks.put(new Block(ByteBuffer.allocate(0), null));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      fail(e);
    }
  }

  private void fail(IOException e) {
    try {
      blocks.put(new Block(ByteBuffer.allocate(0), e));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    while (!current.hasRemaining()) {
      if (ended || leave.getAsBoolean()) {
        return -1;
      }
      next();
    }
    int count = Math.min(length, current.remaining());
    current.get(into, offset, count);
    return count;
  }

  private void next() throws IOException {
    Block block;
    try {
      block = blocks.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted");
    }
    if (block == null) {
      return;
    }
    if (block.failure() != null) {
      throw block.failure();
    }
    ended = !block.bytes().hasRemaining();
    current = block.bytes();
  }
}
