package dev.stanch.detectors.scan;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.Provenance;
import dev.stanch.detectors.model.Skip;
import dev.stanch.detectors.model.TokenKey;
import dev.stanch.detectors.source.Chunk;
import dev.stanch.detectors.source.Source;
import dev.stanch.detectors.source.SourceException;
import dev.stanch.detectors.source.SourceSink;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// Scans sources with a fixed number of threads. Thread-safe: each scan has a state of its own.
public final class Scanner {
  private static final int QUEUE = 256;

  private final Detector detector;
  private final TokenKey key;
  private final int threads;

  /// A scanner that names tokens under `key`.
  public Scanner(Detector detector, TokenKey key, int threads) {
    this.detector = requireNonNull(detector, "detector");
    this.key = requireNonNull(key, "key");
    this.threads = threads;
  }

  /// Reads everything `source` has.
  ///
  /// @throws SourceException when the source as a whole cannot be read
  public ScanResult scan(Source source) throws SourceException, InterruptedException {
    return scan(source, new ScanProgress());
  }

  /// Reads everything `source` has, or what it can until `progress` is told to stop.
  ///
  /// @throws SourceException when the source as a whole cannot be read
  public ScanResult scan(Source source, ScanProgress progress)
      throws SourceException, InterruptedException {
    long began = System.nanoTime();
    BlockingQueue<Work> queue = new ArrayBlockingQueue<>(QUEUE);
    var run = new Run(progress);
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      for (int i = 0; i < threads; i++) {
        pool.execute(() -> work(queue, run));
      }
      boolean enumerated = false;
      try {
        source.enumerate(
            new SourceSink() {
              @Override
              public void chunk(Chunk chunk) throws InterruptedException {
                if (run.over()) {
                  throw new Stopped();
                }
                queue.put(new Work.Scan(chunk));
              }

              @Override
              public void skip(Skip skip) {
                run.skip(skip);
              }

              @Override
              public void expect(long bytes) {
                progress.expect(bytes);
              }
            });
        enumerated = true;
      } catch (Stopped _) {
        // What was found so far is the result.
        enumerated = true;
      } finally {
        if (enumerated) {
          for (int i = 0; i < threads; i++) {
            queue.put(new Work.End());
          }
        } else {
          pool.shutdownNow();
        }
      }
    }
    run.throwFailure();
    return run.result(key, detector, began);
  }

  /// Ends the enumeration of a source from inside its sink.
  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1;

    Stopped() {
      super(null, null, false, false);
    }
  }

  private sealed interface Work {
    record Scan(Chunk chunk) implements Work {}

    record End() implements Work {}
  }

  /// Scans what the queue gives until it gives the end. Never dies before: the queue would fill up
  /// for ever.
  private void work(BlockingQueue<Work> queue, Run run) {
    TextScanner scanner = null;
    try {
      while (queue.take() instanceof Work.Scan(var chunk)) {
        if (run.over()) {
          continue;
        }
        try (InputStream in = new WatchedInput(chunk.open(), run.progress)) {
          if (scanner == null) {
            scanner = new TextScanner(detector);
          }
          List<Hit> hits =
              scanner.scan(in, (way, reason) -> run.skip(skip(chunk.provenance(), way, reason)));
          run.text(chunk, hits);
        } catch (IOException e) {
          run.skip(skip(chunk.provenance(), "", "unreadable: " + e.getClass().getSimpleName()));
        } catch (OutOfMemoryError _) {
          // What this text made the scanner hold is let go with it.
          scanner = null;
          run.skip(skip(chunk.provenance(), "", "needs more memory than there is"));
        } catch (RuntimeException | Error e) {
          run.fail(e);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static Skip skip(Provenance provenance, String way, String reason) {
    String path = provenance.path();
    return new Skip(
        Skip.Kind.SKIPPED, provenance.container(), way.isEmpty() ? path : path + "!" + way, reason);
  }

  /// What the threads of one scan share.
  private static final class Run {
    private final ScanProgress progress;
    private final Ledger ledger = new Ledger();
    private final List<Skip> skips = new ArrayList<>();
    private @Nullable Throwable failure;
    private long texts;

    Run(ScanProgress progress) {
      this.progress = progress;
    }

    synchronized void text(Chunk chunk, List<Hit> hits) {
      texts++;
      progress.text();
      int known = ledger.size();
      for (Hit hit : hits) {
        ledger.add(
            hit.candidate(),
            new Place(chunk.provenance(), hit.location(), hit.candidate().via()),
            hit.marker());
      }
      progress.found(ledger.size() - known);
    }

    synchronized void skip(Skip skip) {
      skips.add(skip);
    }

    /// Remembers the first failure; the rest of the queue is only emptied.
    synchronized void fail(Throwable e) {
      if (failure == null) {
        failure = e;
      }
    }

    synchronized boolean over() {
      return failure != null || progress.stopping();
    }

    synchronized void throwFailure() {
      switch (failure) {
        case null -> {}
        case Error error -> throw error;
        case RuntimeException bug -> throw bug;
        default -> throw new IllegalStateException(failure);
      }
    }

    synchronized ScanResult result(TokenKey key, Detector detector, long began) {
      boolean incomplete = skips.stream().anyMatch(skip -> skip.kind() == Skip.Kind.SKIPPED);
      return new ScanResult(
          ledger.findings(detector.tables(), key),
          skips,
          progress.stopping()
              ? ScanResult.State.INTERRUPTED
              : incomplete ? ScanResult.State.INCOMPLETE : ScanResult.State.COMPLETE,
          new ScanResult.Counts(progress.bytes(), texts, 0, (System.nanoTime() - began) / 1e9));
    }
  }
}
