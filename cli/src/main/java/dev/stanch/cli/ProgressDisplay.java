package dev.stanch.cli;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.scan.ScanProgress;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Shows on standard error how far a scan has come: a bar that is drawn over and over on a
/// terminal, a line every few seconds elsewhere. Closing takes the bar away.
public final class ProgressDisplay implements AutoCloseable {
  private static final int BAR_MILLIS = 100;
  private static final int LINE_MILLIS = 5_000;

  /// Erases to the end of the line.
  private static final String ERASE = "\u001b[K";

  private final @Nullable Thread ticker;
  private final CountDownLatch over = new CountDownLatch(1);

  private ProgressDisplay(@Nullable Ticking ticking) {
    if (ticking == null) {
      ticker = null;
      return;
    }
    ticker = Thread.ofPlatform().daemon().name("stanch-progress").unstarted(() -> run(ticking));
    ticker.start();
  }

  /// Shows nothing.
  static ProgressDisplay none() {
    return new ProgressDisplay(null);
  }

  /// Shows `progress` on `err`.
  static ProgressDisplay on(PrintWriter err, boolean bar, int columns, ScanProgress progress) {
    return new ProgressDisplay(new Ticking(err, bar, columns, progress));
  }

  private record Ticking(PrintWriter err, boolean bar, int columns, ScanProgress progress) {
    Ticking {
      requireNonNull(err, "err");
      requireNonNull(progress, "progress");
    }
  }

  private void run(Ticking to) {
    long began = System.nanoTime();
    var err = to.err();
    boolean drawn = false;
    try {
      while (!over.await(to.bar() ? BAR_MILLIS : LINE_MILLIS, TimeUnit.MILLISECONDS)) {
        double seconds = (System.nanoTime() - began) / 1e9;
        var text = new ProgressText(to.progress(), seconds);
        err.print(to.bar() ? "\r" + text.bar(to.columns() - 1) + ERASE : text.line() + "\n");
        err.flush();
        drawn = to.bar();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    if (drawn) {
      err.print("\r" + ERASE);
      err.flush();
    }
  }

  @Override
  public void close() {
    over.countDown();
    if (ticker != null) {
      boolean interrupted = false;
      while (true) {
        try {
          ticker.join();
          break;
        } catch (InterruptedException _) {
          interrupted = true; // the last line must not come after the result
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
