package dev.stanch.cli;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.scan.ScanProgress;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Shows on standard error how far something has come: bars that are drawn over and over on a
/// terminal, lines every few seconds elsewhere. Closing takes the bars away.
public final class ProgressDisplay implements AutoCloseable {
  private static final int BAR_MILLIS = 100;
  private static final int LINE_MILLIS = 5_000;

  /// Erases to the end of the screen.
  private static final String ERASE = "\u001b[J";

  /// Erases to the end of the line.
  private static final String ERASE_LINE = "\u001b[K";

  private final @Nullable Ticking ticking;
  private final @Nullable Thread ticker;
  private final CountDownLatch over = new CountDownLatch(1);
  private final Object screen = new Object();
  private int drawn;
  private List<String> printed = List.of();

  /// Something that takes a while. Asked from another thread than the one that does it.
  public interface Watched {
    /// Lines for a terminal of so many columns, `seconds` after the beginning.
    List<String> bars(int columns, double seconds);

    /// Lines for a log.
    List<String> lines(double seconds);
  }

  /// Where and what is drawn.
  private record Ticking(PrintWriter err, boolean bar, int columns, Watched watched) {
    Ticking {
      requireNonNull(err, "err");
      requireNonNull(watched, "watched");
    }
  }

  private ProgressDisplay(@Nullable Ticking ticking) {
    this.ticking = ticking;
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

  /// Shows `watched` on `err`.
  static ProgressDisplay on(PrintWriter err, boolean bar, int columns, Watched watched) {
    return new ProgressDisplay(new Ticking(err, bar, columns, watched));
  }

  /// A scan to watch.
  static Watched scan(ScanProgress progress) {
    return new Watched() {
      @Override
      public List<String> bars(int columns, double seconds) {
        return List.of(new ProgressText(progress, seconds).bar(columns));
      }

      @Override
      public List<String> lines(double seconds) {
        return List.of(new ProgressText(progress, seconds).line());
      }
    };
  }

  private void run(Ticking to) {
    long began = System.nanoTime();
    try {
      while (!over.await(to.bar() ? BAR_MILLIS : LINE_MILLIS, TimeUnit.MILLISECONDS)) {
        double seconds = (System.nanoTime() - began) / 1e9;
        synchronized (screen) {
          if (to.bar()) {
            draw(to, to.watched().bars(to.columns() - 1, seconds));
          } else {
            print(to, to.watched().lines(seconds));
          }
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    synchronized (screen) {
      clear(to);
    }
  }

  /// Prints lines into a log, unless nothing has changed.
  private void print(Ticking to, List<String> lines) {
    if (!lines.equals(printed)) {
      lines.forEach(line -> to.err().print(line + "\n"));
      to.err().flush();
      printed = lines;
    }
  }

  /// Draws over what was drawn before; the cursor stays on the last line.
  private void draw(Ticking to, List<String> lines) {
    var text = new StringBuilder(home());
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      text.append(i == 0 ? "" : "\n")
          .append(line, 0, Math.min(line.length(), to.columns() - 1))
          .append(ERASE_LINE);
    }
    to.err().print(text);
    to.err().flush();
    drawn = lines.size();
  }

  private String home() {
    return "\r" + (drawn > 1 ? "\u001b[" + (drawn - 1) + "A" : "");
  }

  private void clear(Ticking to) {
    if (drawn > 0) {
      to.err().print(home() + ERASE);
      to.err().flush();
      drawn = 0;
    }
  }

  /// Lets somebody else write to standard error, above what is drawn.
  public void aside(Runnable writing) {
    Ticking to = ticking;
    if (to == null) {
      writing.run();
      return;
    }
    synchronized (screen) {
      clear(to);
      writing.run();
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
