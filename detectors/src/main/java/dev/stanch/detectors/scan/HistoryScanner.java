package dev.stanch.detectors.scan;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.Provenance;
import dev.stanch.detectors.model.Skip;
import dev.stanch.detectors.model.TokenKey;
import dev.stanch.detectors.rule.Rule;
import dev.stanch.detectors.source.SourceException;
import dev.stanch.detectors.source.git.Attribution;
import dev.stanch.detectors.source.git.BlobFrame;
import dev.stanch.detectors.source.git.BlobPlace;
import dev.stanch.detectors.source.git.BlobVisitor;
import dev.stanch.detectors.source.git.CommitInfo;
import dev.stanch.detectors.source.git.GitPath;
import dev.stanch.detectors.source.git.GitRepository;
import dev.stanch.detectors.source.git.History;
import dev.stanch.detectors.source.git.ObjectReader;
import dev.stanch.detectors.source.git.ObjectStore;
import dev.stanch.detectors.source.git.ObjectTable;
import dev.stanch.detectors.source.git.ObjectType;
import dev.stanch.detectors.source.git.Problem;
import dev.stanch.detectors.source.git.Problems;
import dev.stanch.detectors.source.git.Reach;
import dev.stanch.detectors.source.git.Ref;
import dev.stanch.detectors.source.git.Refs;
import dev.stanch.detectors.source.git.TrackedFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Scans everything a git repository has ever held: each blob once, as a delta against its base,
/// and every commit and tag message. Only what holds a token is attributed to commits and paths.
///
/// Thread-safe: each scan has a state of its own.
public final class HistoryScanner {
  private static final int LISTED_PROBLEMS = 1000;
  private static final int LARGEST_TAG = 1 << 20;

  private final Detector detector;
  private final TokenKey key;
  private final int threads;

  /// Which objects count.
  public enum Scope {
    /// What a ref, a reflog or `HEAD` leads to.
    REACHABLE,
    /// Everything that is stored.
    STORED
  }

  /// A scanner that names tokens under `key`.
  public HistoryScanner(Detector detector, TokenKey key, int threads) {
    this.detector = requireNonNull(detector, "detector");
    this.key = requireNonNull(key, "key");
    this.threads = threads;
  }

  /// A candidate in one stored object.
  private record Sighting(int entry, Hit hit) {}

  /// Scans `repository` and its configuration, or what it can until `progress` is told to stop.
  ///
  /// @param container how places name the repository
  public ScanResult scan(
      GitRepository repository, String container, Scope scope, ScanProgress progress)
      throws InterruptedException {
    return scan(repository, container, scope, _ -> true, repository.configFiles(), progress);
  }

  /// Scans what some refs of `repository` lead to, or what it can until `progress` is told to stop.
  ///
  /// @param container how places name the repository
  public ScanResult scan(
      GitRepository repository,
      String container,
      Scope scope,
      Predicate<Ref> refs,
      ScanProgress progress)
      throws InterruptedException {
    return scan(repository, container, scope, refs, List.of(), progress);
  }

  private ScanResult scan(
      GitRepository repository,
      String container,
      Scope scope,
      Predicate<Ref> refs,
      List<Path> configurations,
      ScanProgress progress)
      throws InterruptedException {
    long began = System.nanoTime();
    var problems = new Problems(LISTED_PROBLEMS);
    try (ObjectStore store = repository.openObjects(problems)) {
      ObjectTable table = ObjectTable.build(store, threads);
      for (ObjectType type : new ObjectType[] {ObjectType.BLOB, ObjectType.COMMIT}) {
        progress.expectTexts(table.lastPosition(type) - table.firstPosition(type));
      }
      var blobs = new Sightings(progress);
      var messages = new Sightings(progress);
      History history =
          History.read(
              repository,
              table,
              () -> Refs.read(repository, problems).stream().filter(refs).toList(),
              threads,
              () -> new Visitor(table, problems, messages, progress),
              () -> new Visitor(table, problems, blobs, progress));
      scanTags(history, table, new Visitor(table, problems, messages, progress), messages);
      var ledger = new Ledger(detector);
      progress.phase("looking up where tokens stand: " + progress.tokens());
      placeBlobs(ledger, history, table, container, blobs.list, scope);
      if (detector.judgesPaths()) {
        placePaths(ledger, history, table, container, scope);
      }
      placeMessages(ledger, history, table, container, messages.list, scope);
      placeConfigurations(ledger, repository, container, configurations, problems);
      List<Skip> skips = skips(problems, container);
      var state =
          progress.stopping()
              ? ScanResult.State.INTERRUPTED
              : skips.isEmpty() ? ScanResult.State.COMPLETE : ScanResult.State.INCOMPLETE;
      skips.addAll(blobs.exclusions(container));
      skips.addAll(submodules(repository, container));
      return new NameRedaction(detector)
          .of(
              new ScanResult(
                  ledger.findings(detector.tables(), key),
                  skips,
                  state,
                  new ScanResult.Counts(
                      progress.bytes(),
                      progress.texts(),
                      history.commits(),
                      (System.nanoTime() - began) / 1e9)));
    }
  }

  private static List<Skip> skips(Problems problems, String container) {
    var skips = new ArrayList<Skip>();
    for (Problem problem : problems.listed()) {
      skips.add(new Skip(Skip.Kind.SKIPPED, container, problem.subject(), problem.detail()));
    }
    long unlisted = problems.count() - skips.size();
    if (unlisted > 0) {
      skips.add(new Skip(Skip.Kind.SKIPPED, container, "", unlisted + " more objects like these"));
    }
    return skips;
  }

  private static void scanTags(
      History history, ObjectTable table, Visitor visitor, Sightings messages) {
    var reader = new ObjectReader(table);
    var found = new ArrayList<Sighting>();
    for (int tag : history.tags()) {
      byte[] bytes = reader.read(tag, LARGEST_TAG);
      visitor.collect(visitor.scan.scan(bytes, bytes.length), bytes, bytes.length, tag, found);
    }
    messages.add(found);
  }

  /// What paths alone say, for every path of the history.
  private void placePaths(
      Ledger ledger, History history, ObjectTable table, String container, Scope scope)
      throws InterruptedException {
    int[] blobs =
        IntStream.range(table.firstPosition(ObjectType.BLOB), table.lastPosition(ObjectType.BLOB))
            .map(table::entryAt)
            .toArray();
    Attribution attribution = Attribution.of(history, blobs, threads);
    var sightings = new HashMap<String, First>();
    for (int blob : blobs) {
      for (BlobPlace place : attribution.places(blob)) {
        if (place.reach() != Reach.NONE || scope == Scope.STORED) {
          for (Hit hit : detector.byPath(place.path())) {
            sightings
                .computeIfAbsent(place.path(), _ -> new First())
                .see(new Sighting(blob, hit), place, table);
          }
        }
      }
    }
    addAll(ledger, history, table, container, sightings, path -> path);
  }

  /// One place per token, path and occurrence: in the version that came first.
  private void placeBlobs(
      Ledger ledger,
      History history,
      ObjectTable table,
      String container,
      List<Sighting> sightings,
      Scope scope)
      throws InterruptedException {
    // Also where nothing is wanted: looking at the trees is what tells that objects are missing.
    int[] wanted = sightings.stream().mapToInt(Sighting::entry).distinct().toArray();
    Attribution attribution = Attribution.of(history, wanted, threads);
    record Where(TokenBytes token, String path) {}
    var places = new HashMap<Where, First>();
    for (Sighting sighting : sightings) {
      for (BlobPlace place : attribution.places(sighting.entry())) {
        if (place.reach() != Reach.NONE || scope == Scope.STORED) {
          places
              .computeIfAbsent(
                  new Where(sighting.hit().candidate().token(), place.path()), _ -> new First())
              .see(sighting, place, table);
        }
      }
      if (scope == Scope.STORED && attribution.places(sighting.entry()).isEmpty()) {
        ledger.add(
            sighting.hit().candidate(),
            place(
                sighting,
                new Provenance.Git(
                    container, "", table.name(sighting.entry()), null, null, null, false)),
            sighting.hit().excuse());
      }
    }
    addAll(ledger, history, table, container, places, Where::path);
  }

  private static <T> void addAll(
      Ledger ledger,
      History history,
      ObjectTable table,
      String container,
      Map<T, First> places,
      Function<T, String> path) {
    var infos = new HashMap<Integer, CommitInfo>();
    places.forEach(
        (where, first) -> {
          CommitInfo info = info(history, first.commit, infos);
          for (Sighting sighting : first.sightings) {
            ledger.add(
                sighting.hit().candidate(),
                place(
                    sighting,
                    new Provenance.Git(
                        container,
                        path.apply(where),
                        table.name(sighting.entry()),
                        info == null ? null : info.id(),
                        info == null ? null : info.author(),
                        info == null ? null : info.committed(),
                        first.inTips)),
                first.excuse(sighting));
          }
        });
  }

  private static @Nullable CommitInfo info(
      History history, int commit, Map<Integer, CommitInfo> known) {
    return commit == ObjectTable.NONE ? null : known.computeIfAbsent(commit, history::info);
  }

  private static Place place(Sighting sighting, Provenance provenance) {
    return new Place(provenance, sighting.hit().location(), sighting.hit().candidate().via());
  }

  /// The first version of a path that holds a token.
  private static final class First {
    int order = Integer.MAX_VALUE;
    int commit = ObjectTable.NONE;
    boolean inTips;
    String blob = "";
    final Set<Sighting> sightings = new LinkedHashSet<>();

    /// By blob: what stands beside the token in a version that a tip still holds.
    private final Map<String, List<Optional<Excuse>>> tips = new HashMap<>();

    void see(Sighting sighting, BlobPlace place, ObjectTable table) {
      inTips |= place.inTips();
      String name = table.name(sighting.entry());
      if (place.inTips()) {
        tips.computeIfAbsent(name, _ -> new ArrayList<>())
            .add(Optional.ofNullable(sighting.hit().excuse()));
      }
      // One tree holds one blob at a path; of a blob stored twice one copy counts.
      if (place.order() < order) {
        order = place.order();
        commit = place.commit();
        blob = name;
        sightings.clear();
      }
      if (place.order() == order && name.equals(blob)) {
        sightings.removeIf(
            known -> known.entry() != sighting.entry() && known.hit().equals(sighting.hit()));
        sightings.add(sighting);
      }
    }

    /// The marker that counts for an occurrence: people write it beside a line that is long in the
    /// history, so what the tips say goes before what the first version said. It holds when one
    /// tip's version marks every occurrence.
    @Nullable Excuse excuse(Sighting sighting) {
      if (inTips && !tips.containsKey(blob)) {
        for (List<Optional<Excuse>> version : tips.values()) {
          if (version.stream().allMatch(Optional::isPresent)) {
            return version.getFirst().orElse(null);
          }
        }
        return null;
      }
      return sighting.hit().excuse();
    }
  }

  private static void placeMessages(
      Ledger ledger,
      History history,
      ObjectTable table,
      String container,
      List<Sighting> sightings,
      Scope scope) {
    var infos = new HashMap<Integer, CommitInfo>();
    for (Sighting sighting : sightings) {
      int entry = sighting.entry();
      boolean tag = history.tags().contains(entry);
      if (!tag && history.reachOfCommit(entry) == Reach.NONE && scope == Scope.REACHABLE) {
        continue;
      }
      CommitInfo info = tag ? null : info(history, entry, infos);
      ledger.add(
          sighting.hit().candidate(),
          place(
              sighting,
              new Provenance.GitMessage(
                  container,
                  table.name(entry),
                  info == null ? null : info.author(),
                  info == null ? null : info.committed(),
                  tag || history.reachOfCommit(entry) == Reach.TIPS)),
          sighting.hit().excuse());
    }
  }

  /// What stands in the configuration: addresses with passwords, headers with tokens.
  private void placeConfigurations(
      Ledger ledger,
      GitRepository repository,
      String container,
      List<Path> files,
      Problems problems) {
    var texts = new TextScanner(detector);
    Path top = repository.workTree().orElse(repository.commonFolder());
    for (Path file : files) {
      boolean inside = file.startsWith(top);
      String path =
          (inside ? top : repository.commonFolder()).relativize(file).toString().replace('\\', '/');
      try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
        var provenance = new Provenance.GitConfig(container, path);
        for (Hit hit : texts.scan(in)) {
          ledger.add(
              hit.candidate(),
              new Place(provenance, hit.location(), hit.candidate().via()),
              hit.excuse());
        }
      } catch (IOException e) {
        problems.add(Problem.Kind.UNREADABLE, path, "the configuration could not be read");
      }
    }
  }

  /// Submodules are repositories of their own.
  private static List<Skip> submodules(GitRepository repository, String container) {
    try {
      return TrackedFiles.of(repository).submodules().stream()
          .sorted()
          .map(
              path ->
                  new Skip(
                      Skip.Kind.EXCLUDED,
                      container,
                      GitPath.text(path.getBytes(StandardCharsets.ISO_8859_1)),
                      "submodule"))
          .toList();
    } catch (SourceException _) {
      return List.of(); // a history needs no index
    }
  }

  /// What came of the keywords of a plain text, in order, overlaps resolved: as [TextScanner] gives
  /// it.
  static List<Hit> located(
      DeltaScan scan, HitList hits, byte[] text, int length, Consumer<Rule> givenUp) {
    boolean search = scan.mustSearch(hits);
    if (hits.outcomes == 0 && !search) {
      return List.of();
    }
    record Found(int start, Candidate candidate) {}
    var found = new ArrayList<Found>();
    boolean binary = Content.isBinary(text, length);
    for (int i = 0; i < hits.size; i++) {
      if (hits.outcome[i] != HitList.NOTHING) {
        for (Candidate candidate : scan.candidates(hits.outcome[i])) {
          if (!binary || TextScanner.countsInBinary(candidate)) {
            found.add(new Found(hits.start[i] + candidate.offset(), candidate));
          }
        }
      }
    }
    if (search && !binary) {
      scan.search(
          text, length, (candidate, start) -> found.add(new Found(start, candidate)), givenUp);
    }
    found.sort(
        Comparator.comparingInt(Found::start).thenComparingInt(one -> one.candidate().rule()));
    var lines = new Lines();
    var located = new ArrayList<Hit>(found.size());
    var markers = new Marker.Reader(text, length);
    for (Found one : found) {
      markers.avoid(one.start(), Math.min(length, one.start() + one.candidate().length()));
    }
    for (Found one : found) {
      int end = Math.min(length, one.start() + one.candidate().length());
      located.add(
          new Hit(
              one.candidate(),
              one.start(),
              lines.locate(text, 0, one.start(), end),
              scan.detector().excuse(markers, text, length, one.start(), one.candidate())));
    }
    return Overlaps.resolve(located);
  }

  /// What the threads of a walk have found.
  private static final class Sightings {
    final List<Sighting> list = new ArrayList<>();
    private final Set<TokenBytes> tokens = new HashSet<>();
    private final ScanProgress progress;
    private final Map<String, String> excluded = new TreeMap<>();
    private long unlisted;

    Sightings(ScanProgress progress) {
      this.progress = progress;
    }

    synchronized void add(List<Sighting> more) {
      list.addAll(more);
      for (Sighting sighting : more) {
        if (tokens.add(sighting.hit().candidate().token())) {
          progress.found(1);
        }
      }
    }

    synchronized void exclude(String blob, String reason) {
      if (excluded.size() < LISTED_PROBLEMS) {
        excluded.put(blob, reason);
      } else {
        unlisted++;
      }
    }

    /// What was left out by intent, as far as it is listed.
    List<Skip> exclusions(String container) {
      var skips = new ArrayList<Skip>();
      excluded.forEach(
          (blob, reason) -> skips.add(new Skip(Skip.Kind.EXCLUDED, container, blob, reason)));
      if (unlisted > 0) {
        skips.add(
            new Skip(Skip.Kind.EXCLUDED, container, "", unlisted + " more pictures and the like"));
      }
      return skips;
    }
  }

  private final class Visitor implements BlobVisitor {
    private final ObjectTable table;
    private final Problems problems;
    private final Sightings sightings;
    private final ScanProgress progress;
    private final TextScanner texts = new TextScanner(detector);
    private final DeltaScan scan = new DeltaScan(detector);
    private final List<Sighting> found = new ArrayList<>();

    Visitor(ObjectTable table, Problems problems, Sightings sightings, ScanProgress progress) {
      this.table = table;
      this.problems = problems;
      this.sightings = sightings;
      this.progress = progress;
    }

    @Override
    public void blob(BlobFrame frame) {
      if (progress.stopping()) {
        return;
      }
      HitList hits = scan.scan(frame);
      progress.read(frame.length());
      progress.text();
      Content kind = Content.of(frame.bytes(), frame.length());
      String exclusion = kind.exclusion();
      if (exclusion != null) {
        sightings.exclude(table.name(frame.entry()), exclusion);
      } else if (kind != Content.PLAIN) {
        packed(frame.entry(), new ByteArrayInputStream(frame.bytes(), 0, frame.length()));
      } else if (hits.outcomes > 0 || scan.mustSearch(hits)) {
        found.clear();
        collect(hits, frame.bytes(), frame.length(), frame.entry(), found);
        sightings.add(found);
      }
    }

    private void collect(HitList hits, byte[] text, int length, int entry, List<Sighting> out) {
      for (Hit hit :
          located(
              scan,
              hits,
              text,
              length,
              rule ->
                  problems.add(
                      Problem.Kind.UNSUPPORTED, table.name(entry), TextScanner.gaveUp(rule)))) {
        out.add(new Sighting(entry, hit));
      }
    }

    @Override
    public void largeBlob(int entry, long size, InputStream content) {
      if (progress.stopping()) {
        return;
      }
      packed(entry, new WatchedInput(content, progress));
      progress.text();
    }

    private void packed(int entry, InputStream content) {
      found.clear();
      try {
        for (Hit hit :
            texts.scan(
                content,
                new Unpacker.Trouble() {
                  @Override
                  public void unread(String way, String reason) {
                    problems.add(
                        Problem.Kind.UNSUPPORTED,
                        table.name(entry),
                        way.isEmpty() ? reason : way + ": " + reason);
                  }

                  @Override
                  public void excluded(String way, String reason) {
                    if (way.isEmpty()) {
                      sightings.exclude(table.name(entry), reason);
                    }
                  }
                })) {
          found.add(new Sighting(entry, hit));
        }
      } catch (IOException e) {
        problems.add(
            Problem.Kind.UNREADABLE,
            table.name(entry),
            "unreadable: " + e.getClass().getSimpleName());
      }
      sightings.add(found);
    }
  }
}
