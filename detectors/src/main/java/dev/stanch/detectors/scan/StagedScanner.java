package dev.stanch.detectors.scan;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.Provenance;
import dev.stanch.detectors.model.Skip;
import dev.stanch.detectors.model.TokenKey;
import dev.stanch.detectors.source.SourceException;
import dev.stanch.detectors.source.git.GitRepository;
import dev.stanch.detectors.source.git.ObjectLookup;
import dev.stanch.detectors.source.git.ObjectStore;
import dev.stanch.detectors.source.git.Problem;
import dev.stanch.detectors.source.git.Problems;
import dev.stanch.detectors.source.git.StagedChanges;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Scans what is staged for a commit and keeps what that commit would bring: a token that `HEAD`
/// already has at the same path is not news, nor is one that moves there with a renamed file.
///
/// Thread-safe: each scan has a state of its own.
public final class StagedScanner {
  /// Larger blobs are scanned as they come.
  private static final int HELD = 48 << 20;

  /// For fewer texts a second thread costs more than it saves.
  private static final int ONE_THREAD = 200;

  private static final int LISTED_PROBLEMS = 1000;

  private final Detector detector;
  private final TokenKey key;
  private final int threads;

  /// A scanner that names tokens under `key`.
  public StagedScanner(Detector detector, TokenKey key, int threads) {
    this.detector = requireNonNull(detector, "detector");
    this.key = requireNonNull(key, "key");
    this.threads = threads;
  }

  /// Scans the index of `repository`, or what it can until `progress` is told to stop.
  ///
  /// @param container how places name the repository
  /// @throws SourceException when the index or `HEAD` cannot be read
  public ScanResult scan(GitRepository repository, String container, ScanProgress progress)
      throws SourceException, InterruptedException {
    long began = System.nanoTime();
    var problems = new Problems(LISTED_PROBLEMS);
    try (ObjectStore store = repository.openObjectsBriefly(problems)) {
      var objects = new ObjectLookup(store);
      var staged = StagedChanges.of(repository, objects, problems);
      List<StagedChanges.Change> changes = staged.changes();
      var reader = new Reader(objects, progress);
      List<Hit>[] hits = scanned(changes, store, reader, progress);
      withoutMoved(changes, hits, staged, reader);
      var ledger = new Ledger(detector);
      for (int i = 0; i < hits.length; i++) {
        StagedChanges.Change change = changes.get(i);
        for (Hit hit : hits[i]) {
          ledger.add(
              hit.candidate(),
              new Place(
                  new Provenance.Git(
                      container, change.path(), change.blob(), null, null, null, false),
                  hit.location(),
                  hit.candidate().via()),
              hit.excuse());
        }
      }
      progress.found(ledger.size());
      var skips = new ArrayList<Skip>();
      for (StagedChanges.Excluded one : staged.excluded()) {
        skips.add(new Skip(Skip.Kind.EXCLUDED, container, one.path(), one.reason()));
      }
      if (problems.count() > 0) {
        skips(problems, changes, container, skips);
      }
      return new NameRedaction(reader.scanner)
          .of(
              new ScanResult(
                  ledger.findings(detector.tables(), key),
                  skips,
                  progress.stopping()
                      ? ScanResult.State.INTERRUPTED
                      : problems.count() > 0
                          ? ScanResult.State.INCOMPLETE
                          : ScanResult.State.COMPLETE,
                  new ScanResult.Counts(
                      progress.bytes(), progress.texts(), 0, (System.nanoTime() - began) / 1e9)));
    }
  }

  /// What one thread reads and scans with.
  private final class Reader {
    private final ObjectLookup objects;
    private final ScanProgress progress;
    private final TextScanner scanner = new TextScanner(detector);

    Reader(ObjectLookup objects, ScanProgress progress) {
      this.objects = objects;
      this.progress = progress;
    }

    /// What a change brings, leaving renames aside.
    List<Hit> brought(StagedChanges.Change change) {
      if (progress.stopping()) {
        return List.of();
      }
      long read = scanner.bytesRead();
      List<Hit> hits = hits(change.blob());
      if (change.before() == null && detector.judgesPaths()) {
        hits = new ArrayList<>(hits);
        hits.addAll(detector.byPath(change.path()));
      }
      progress.read(scanner.bytesRead() - read);
      progress.text();
      String before = change.before();
      if (hits.isEmpty() || before == null || !objects.has(before)) {
        return hits;
      }
      return without(hits, tokens(hits(before)));
    }

    /// The hits in a blob; none where it cannot be read, which is a problem of the store's.
    List<Hit> hits(String blob) {
      try (InputStream in = objects.open(blob, HELD).orElse(InputStream.nullInputStream())) {
        // Without such rules a hook is spared what tells of them.
        return detector.searches() == null
            ? scanner.scan(in)
            : scanner.scan(
                in, (_, _) -> {}, rule -> objects.problem(blob, TextScanner.gaveUp(rule)));
      } catch (IOException e) {
        objects.problem(blob, "its compressed bytes are damaged");
        return List.of();
      }
    }
  }

  private List<Hit>[] scanned(
      List<StagedChanges.Change> changes, ObjectStore store, Reader reader, ScanProgress progress)
      throws InterruptedException {
    @SuppressWarnings({"unchecked", "rawtypes"}) // arrays know no type arguments
    List<Hit>[] hits = new List[changes.size()];
    var next = new AtomicInteger();
    if (changes.size() <= ONE_THREAD || threads <= 1) {
      work(changes, hits, next, reader);
      return hits;
    }
    var failure = new @Nullable Throwable[1];
    var workers = new Thread[threads];
    for (int i = 0; i < threads; i++) {
      workers[i] =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      work(changes, hits, next, new Reader(new ObjectLookup(store), progress));
                    } catch (Throwable e) { // told by the thread that waits
                      failure[0] = e;
                    }
                  });
    }
    for (Thread worker : workers) {
      worker.join();
    }
    if (failure[0] != null) {
      throw new IllegalStateException(failure[0]);
    }
    return hits;
  }

  private static void work(
      List<StagedChanges.Change> changes, List<Hit>[] hits, AtomicInteger next, Reader reader) {
    for (int i = next.getAndIncrement(); i < hits.length; i = next.getAndIncrement()) {
      hits[i] = reader.brought(changes.get(i));
    }
  }

  /// Takes out of the files that are new what `HEAD` has in files that are gone: those were renamed
  /// or moved. Only when there is something to take out are the files that are gone looked at.
  private static void withoutMoved(
      List<StagedChanges.Change> changes, List<Hit>[] hits, StagedChanges staged, Reader reader) {
    Set<TokenBytes> gone = null;
    for (int i = 0; i < hits.length; i++) {
      if (hits[i].isEmpty() || changes.get(i).before() != null) {
        continue;
      }
      if (gone == null) {
        gone = new HashSet<>();
        for (String blob : new LinkedHashSet<>(staged.removed())) {
          if (reader.objects.has(blob)) {
            gone.addAll(tokens(reader.hits(blob)));
          }
        }
      }
      hits[i] = without(hits[i], gone);
    }
  }

  private static Set<TokenBytes> tokens(List<Hit> hits) {
    var tokens = new HashSet<TokenBytes>();
    for (Hit hit : hits) {
      tokens.add(hit.candidate().token());
    }
    return tokens;
  }

  private static List<Hit> without(List<Hit> hits, Set<TokenBytes> known) {
    if (known.isEmpty()) {
      return hits;
    }
    var left = new ArrayList<Hit>();
    for (Hit hit : hits) {
      if (!known.contains(hit.candidate().token())) {
        left.add(hit);
      }
    }
    return left;
  }

  private static void skips(
      Problems problems, List<StagedChanges.Change> changes, String container, List<Skip> skips) {
    Map<String, String> paths = new HashMap<>();
    for (StagedChanges.Change change : changes) {
      paths.putIfAbsent(change.blob(), change.path());
    }
    for (Problem problem : problems.listed()) {
      String path = paths.getOrDefault(problem.subject(), problem.subject());
      skips.add(new Skip(Skip.Kind.SKIPPED, container, path, problem.detail()));
    }
    long unlisted = problems.count() - problems.listed().size();
    if (unlisted > 0) {
      skips.add(new Skip(Skip.Kind.SKIPPED, container, "", unlisted + " more objects like these"));
    }
  }
}
