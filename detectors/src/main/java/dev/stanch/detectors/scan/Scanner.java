package dev.stanch.detectors.scan;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.InventoryEntry;
import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.Provenance;
import dev.stanch.detectors.model.Skip;
import dev.stanch.detectors.model.TokenKey;
import dev.stanch.detectors.source.ChangedException;
import dev.stanch.detectors.source.Chunk;
import dev.stanch.detectors.source.LimitException;
import dev.stanch.detectors.source.Source;
import dev.stanch.detectors.source.SourceException;
import dev.stanch.detectors.source.SourceSink;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// Scans sources with a fixed number of threads. Thread-safe: each scan has a state of its own.
public final class Scanner {
  /// Chunks are handed over in batches, since waking a thread takes as long as scanning a small
  /// text.
  private static final int BATCH = 16;

  /// A batch of more bytes would leave one thread with the work of all: a layer of an image is one
  /// chunk.
  private static final long BATCH_BYTES = 4 << 20;

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
    detector.automaton().prepare();
    // Without a bound: a chunk is only a name as long as nobody opens it, and a source that is read
    // to its end early can say how much is to come.
    BlockingQueue<Work> queue = new LinkedBlockingQueue<>();
    var run = new Run(detector, progress);
    var batch = new ArrayList<Chunk>();
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
                batch.add(chunk);
                long bytes = batch.stream().mapToLong(Chunk::size).sum();
                if (batch.size() == BATCH || bytes > BATCH_BYTES || queue.isEmpty()) {
                  handOver(batch, queue);
                }
              }

              @Override
              public void skip(Skip skip) {
                run.skip(skip);
              }

              @Override
              public void entry(InventoryEntry entry) {
                run.entry(entry);
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
          handOver(batch, queue);
          for (int i = 0; i < threads; i++) {
            queue.put(new Work.End());
          }
        } else {
          pool.shutdownNow();
        }
      }
    }
    run.throwFailure();
    return run.result(key, began);
  }

  private static void handOver(List<Chunk> batch, BlockingQueue<Work> queue)
      throws InterruptedException {
    queue.put(new Work.Scan(List.copyOf(batch)));
    batch.clear();
  }

  /// Ends the enumeration of a source from inside its sink.
  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1;

    Stopped() {
      super(null, null, false, false);
    }
  }

  private sealed interface Work {
    record Scan(List<Chunk> chunks) implements Work {}

    record End() implements Work {}
  }

  /// Scans what the queue gives until it gives the end. Never dies before: the queue would fill up
  /// for ever.
  private void work(BlockingQueue<Work> queue, Run run) {
    var worker = new Worker(run);
    try {
      while (queue.take() instanceof Work.Scan(var chunks)) {
        for (Chunk chunk : chunks) {
          if (!run.over()) {
            worker.scan(chunk);
          }
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// One thread of a scan.
  private final class Worker {
    private final Run run;
    private @Nullable TextScanner scanner;

    Worker(Run run) {
      this.run = run;
    }

    private TextScanner scanner() {
      TextScanner with = scanner;
      if (with == null) {
        with = new TextScanner(detector);
        scanner = with;
      }
      return with;
    }

    void scan(Chunk chunk) {
      try {
        chunk.each(
            new Chunk.Texts() {
              @Override
              public void text(Chunk text) throws IOException {
                if (!run.over()) {
                  read(text, scanner(), run);
                }
              }

              @Override
              public void excluded(Provenance what, String reason) {
                run.skip(skip(Skip.Kind.EXCLUDED, what, new Unread("", reason)));
              }
            });
      } catch (IOException e) {
        run.skip(skip(Skip.Kind.SKIPPED, chunk.provenance(), new Unread("", Unread.reason(e))));
      } catch (OutOfMemoryError _) {
        // What this text made the scanner hold is let go with it.
        scanner = null;
        run.skip(
            skip(
                Skip.Kind.SKIPPED,
                chunk.provenance(),
                new Unread("", "needs more memory than there is")));
      } catch (RuntimeException | Error e) {
        run.fail(e);
      }
    }
  }

  /// Reads a text; one that changes meanwhile a second time.
  private static void read(Chunk chunk, TextScanner scanner, Run run) throws IOException {
    var trouble = new Kept();
    List<Hit> hits;
    try {
      hits = opened(chunk, scanner, trouble, run);
    } catch (ChangedException _) {
      trouble = new Kept();
      hits = opened(chunk, scanner, trouble, run);
    }
    trouble.skips.forEach(unread -> run.skip(skip(Skip.Kind.SKIPPED, chunk.provenance(), unread)));
    trouble.excluded.forEach(
        unread -> run.skip(skip(Skip.Kind.EXCLUDED, chunk.provenance(), unread)));
    run.text(chunk, hits);
  }

  private static List<Hit> opened(Chunk chunk, TextScanner scanner, Kept trouble, Run run)
      throws IOException {
    try (InputStream in = new WatchedInput(chunk.open(), run.progress)) {
      return scanner.scan(in, trouble);
    }
  }

  private static Skip skip(Skip.Kind kind, Provenance provenance, Unread unread) {
    String path = provenance.path();
    return new Skip(
        kind,
        provenance.container(),
        unread.way().isEmpty() ? path : path + "!" + unread.way(),
        unread.reason());
  }

  /// What of a text was not read, and why.
  private record Unread(String way, String reason) {
    static String reason(IOException failure) {
      return switch (failure) {
        case ChangedException changed -> String.valueOf(changed.getMessage());
        case NoSuchFileException _ -> "gone before it was read";
        case LimitException limit -> String.valueOf(limit.getMessage());
        case AccessDeniedException _ -> "unreadable: permission denied";
        default -> "unreadable: " + failure.getClass().getSimpleName();
      };
    }
  }

  private static final class Kept implements Unpacker.Trouble {
    private final List<Unread> skips = new ArrayList<>(0);
    private final List<Unread> excluded = new ArrayList<>(0);

    @Override
    public void unread(String way, String reason) {
      skips.add(new Unread(way, reason));
    }

    @Override
    public void excluded(String way, String reason) {
      excluded.add(new Unread(way, reason));
    }
  }

  /// What the threads of one scan share.
  private static final class Run {
    private final ScanProgress progress;
    private final Detector detector;
    private final Ledger ledger;
    private final List<InventoryEntry> entries = new ArrayList<>();
    private final List<Skip> skips = new ArrayList<>();
    private @Nullable Throwable failure;
    private long texts;

    Run(Detector detector, ScanProgress progress) {
      this.detector = detector;
      this.ledger = new Ledger(detector);
      this.progress = progress;
    }

    synchronized void text(Chunk chunk, List<Hit> hits) {
      texts++;
      progress.text();
      int known = ledger.size();
      hits.forEach(hit -> add(hit, chunk));
      detector.byPath(chunk.provenance().path()).forEach(hit -> add(hit, chunk));
      progress.found(ledger.size() - known);
    }

    private void add(Hit hit, Chunk chunk) {
      for (Place place : chunk.places(hit.location(), hit.candidate().via())) {
        ledger.add(hit.candidate(), place, hit.excuse());
      }
    }

    synchronized void skip(Skip skip) {
      skips.add(skip);
    }

    synchronized void entry(InventoryEntry entry) {
      entries.add(entry);
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

    synchronized ScanResult result(TokenKey key, long began) {
      boolean incomplete = skips.stream().anyMatch(skip -> skip.kind() == Skip.Kind.SKIPPED);
      return new NameRedaction(detector)
          .of(
              new ScanResult(
                  ledger.findings(detector.tables(), key),
                  List.of(),
                  entries,
                  skips,
                  progress.stopping()
                      ? ScanResult.State.INTERRUPTED
                      : incomplete ? ScanResult.State.INCOMPLETE : ScanResult.State.COMPLETE,
                  new ScanResult.Counts(
                      progress.bytes(), texts, 0, (System.nanoTime() - began) / 1e9)));
    }
  }
}
