package dev.stanch.detectors.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A body that is read as it comes. No more is asked of the network than was read, and a silence
/// that is too long ends it: an answer that follows a log never ends by itself.
final class StreamedBody implements BodySubscriber<Optional<byte[]>> {
  private final BlockingQueue<Part> parts = new LinkedBlockingQueue<>();
  private final CompletableFuture<Subscription> source = new CompletableFuture<>();
  private final Duration silence;
  private final long end;

  /// @param longest how long it is read at the most
  StreamedBody(Duration silence, Duration longest) {
    this.silence = silence;
    this.end = System.nanoTime() + longest.toNanos();
  }

  private sealed interface Part {
    record Bytes(List<ByteBuffer> buffers) implements Part {}

    record End() implements Part {}

    record Broken() implements Part {}
  }

  /// Complete from the start: what it stands for is read from [#stream].
  @Override
  public CompletionStage<Optional<byte[]>> getBody() {
    return CompletableFuture.completedStage(Optional.of(new byte[0]));
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    source.complete(subscription);
    subscription.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    parts.add(new Part.Bytes(buffers));
  }

  @Override
  public void onError(Throwable failure) {
    parts.add(new Part.Broken());
  }

  @Override
  public void onComplete() {
    parts.add(new Part.End());
  }

  /// The bytes; closing drops the connection.
  InputStream stream() {
    return new Bytes();
  }

  private final class Bytes extends InputStream {
    private List<ByteBuffer> buffers = List.of();
    private int next;
    private boolean taken;
    private boolean over;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      while (!over && length > 0) {
        while (next < buffers.size()) {
          ByteBuffer buffer = buffers.get(next);
          if (buffer.hasRemaining()) {
            int taken = Math.min(length, buffer.remaining());
            buffer.get(into, offset, taken);
            return taken;
          }
          next++;
        }
        more();
      }
      return length == 0 ? 0 : -1;
    }

    private void more() throws IOException {
      if (taken) {
        source.join().request(1);
      }
      taken = false;
      next = 0;
      buffers = List.of();
      try {
        long wait = Math.min(silence.toNanos(), end - System.nanoTime());
        switch (parts.poll(Math.max(0, wait), TimeUnit.NANOSECONDS)) {
          case Part.Bytes(var more) -> {
            buffers = more;
            taken = true;
          }
          case Part.End _ -> over = true;
          case Part.Broken _ -> {
            over = true;
            throw new IOException("the connection broke before the answer was whole");
          }
          case null -> over = true; // silent for so long that it counts as ended
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException();
      }
    }

    @Override
    public void close() {
      over = true;
      var _ = source.thenAccept(Subscription::cancel);
    }
  }
}
