package dev.stanch.detectors.scan;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.Provenance;
import dev.stanch.detectors.model.Skip;
import dev.stanch.detectors.model.TokenKey;
import dev.stanch.detectors.rule.Rule;
import dev.stanch.detectors.source.git.CommitInfo;
import dev.stanch.detectors.source.git.CommitRange;
import dev.stanch.detectors.source.git.GitRepository;
import dev.stanch.detectors.source.git.ObjectLookup;
import dev.stanch.detectors.source.git.ObjectStore;
import dev.stanch.detectors.source.git.Problem;
import dev.stanch.detectors.source.git.Problems;
import dev.stanch.detectors.source.git.Ref;
import dev.stanch.detectors.source.git.Refs;
import dev.stanch.detectors.source.git.Revisions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Scans the commits that some have and others have not, and keeps what they bring: a token that a
/// commit's parent already has at the same path is not news, nor is one that moves with a renamed
/// file.
///
/// Thread-safe: each scan has a state of its own.
public final class RangeScanner {
  private static final int HELD = 48 << 20;
  private static final int LISTED_PROBLEMS = 1000;

  private final Detector detector;
  private final TokenKey key;

  /// A scanner that names tokens under `key`.
  public RangeScanner(Detector detector, TokenKey key) {
    this.detector = requireNonNull(detector, "detector");
    this.key = requireNonNull(key, "key");
  }

  /// Which commits to scan; asked once the repository is open.
  public interface Selection {
    /// Chooses the ends of the range.
    ///
    /// @param revisions what words for commits mean here
    /// @param refs all names of the repository
    Ends choose(Revisions revisions, List<Ref> refs) throws UnknownRevisionException;
  }

  /// The ids of objects whose history counts, and of those whose history does not.
  public record Ends(Set<String> included, Set<String> excluded) {
    public Ends {
      included = Set.copyOf(included);
      excluded = Set.copyOf(excluded);
    }
  }

  /// A word that names no commit of the repository.
  public static final class UnknownRevisionException extends Exception {
    private static final long serialVersionUID = 1;

    /// The word as the caller wrote it.
    public UnknownRevisionException(String word) {
      super(word);
    }
  }

  /// Scans a range of `repository`, or what it can until `progress` is told to stop.
  ///
  /// @param container how places name the repository
  public ScanResult scan(
      GitRepository repository, String container, Selection selection, ScanProgress progress)
      throws UnknownRevisionException {
    long began = System.nanoTime();
    var problems = new Problems(LISTED_PROBLEMS);
    try (ObjectStore store = repository.openObjects(problems)) {
      var objects = new ObjectLookup(store);
      List<Ref> refs = Refs.read(repository, problems);
      var revisions = new Revisions(refs, objects, repository.idLength());
      Ends ends = selection.choose(revisions, refs);
      var tags = new LinkedHashSet<String>();
      Set<String> excluded = commits(ends.excluded(), revisions, objects, new HashSet<>());
      Set<String> included = commits(ends.included(), revisions, objects, tags);
      mustAllLeadToCommits(ends.included(), revisions, objects);
      var range = CommitRange.of(repository, store, objects, included, excluded);
      var run = new Run(container, range, objects, progress, included);
      run.changes();
      run.messages(tags);
      List<Skip> skips = skips(problems, container);
      return new NameRedaction(detector)
          .of(
              new ScanResult(
                  run.ledger.findings(detector.tables(), key),
                  skips,
                  progress.stopping()
                      ? ScanResult.State.INTERRUPTED
                      : skips.isEmpty() ? ScanResult.State.COMPLETE : ScanResult.State.INCOMPLETE,
                  new ScanResult.Counts(
                      progress.bytes(),
                      progress.texts(),
                      range.commits().size(),
                      (System.nanoTime() - began) / 1e9)));
    }
  }

  private static Set<String> commits(
      Collection<String> ids, Revisions revisions, ObjectLookup objects, Collection<String> tags) {
    var commits = new LinkedHashSet<String>();
    for (String id : ids) {
      if (objects.has(id)) {
        Optional<String> commit = revisions.commitOf(id, tags);
        commit.ifPresent(commits::add);
      }
    }
    return commits;
  }

  /// What is to be scanned and cannot be is a problem; of what is left out none is made, since a
  /// remote may have forgotten it.
  private static void mustAllLeadToCommits(
      Collection<String> ids, Revisions revisions, ObjectLookup objects) {
    for (String id : ids) {
      if (!objects.has(id)) {
        objects.problem(id, "not in the repository");
      } else if (revisions.commitOf(id, new ArrayList<>()).isEmpty()) {
        objects.problem(id, "leads to no commit, so nobody looked into it");
      }
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

  /// One scan.
  private final class Run {
    private final String container;
    private final CommitRange range;
    private final ObjectLookup objects;
    private final ScanProgress progress;
    private final Set<String> tips;
    private final TextScanner scanner = new TextScanner(detector);
    private final Map<String, List<Hit>> known = new HashMap<>();
    private final Map<String, CommitInfo> infos = new HashMap<>();
    private final Ledger ledger = new Ledger(detector);

    Run(
        String container,
        CommitRange range,
        ObjectLookup objects,
        ScanProgress progress,
        Set<String> tips) {
      this.container = container;
      this.range = range;
      this.objects = objects;
      this.progress = progress;
      this.tips = tips;
    }

    private record Where(TokenBytes token, String path) {}

    /// A token's first version at a path, and whether any later one is still at a tip.
    private static final class First {
      final CommitRange.Change change;
      final List<Hit> hits = new ArrayList<>();
      boolean inTips;

      First(CommitRange.Change change) {
        this.change = change;
      }
    }

    void changes() {
      var places = new LinkedHashMap<Where, First>();
      var removed = new HashMap<String, Set<TokenBytes>>();
      for (CommitRange.Change change : range.changes()) {
        if (progress.stopping()) {
          break;
        }
        List<Hit> hits = hits(change.blob());
        if (change.before().isEmpty() && detector.judgesPaths()) {
          hits = new ArrayList<>(hits);
          hits.addAll(detector.byPath(change.path()));
        }
        if (hits.isEmpty()) {
          continue;
        }
        Set<TokenBytes> old =
            change.before().isEmpty()
                ? removed.computeIfAbsent(change.commit(), c -> tokens(range.removed(c)))
                : tokens(change.before());
        for (Hit hit : hits) {
          var where = new Where(hit.candidate().token(), change.path());
          First first = places.get(where);
          if (first == null && !old.contains(where.token())) {
            first = new First(change);
            places.put(where, first);
          }
          if (first != null) {
            first.inTips |= change.inTips();
            if (first.change.equals(change)) {
              first.hits.add(hit);
            }
          }
        }
      }
      for (First first : places.values()) {
        CommitRange.Change change = first.change;
        CommitInfo info = infos.computeIfAbsent(change.commit(), range::info);
        var provenance =
            new Provenance.Git(
                container,
                change.path(),
                change.blob(),
                info.id(),
                info.author(),
                info.committed(),
                first.inTips);
        for (Hit hit : first.hits) {
          ledger.add(
              hit.candidate(),
              new Place(provenance, hit.location(), hit.candidate().via()),
              hit.excuse());
        }
      }
      progress.found(ledger.size());
    }

    void messages(Set<String> tags) {
      for (String commit : range.commits()) {
        CommitInfo info = null;
        for (Hit hit : message(commit, range.bytes(commit))) {
          info = info == null ? infos.computeIfAbsent(commit, range::info) : info;
          add(
              hit,
              new Provenance.GitMessage(
                  container, commit, info.author(), info.committed(), tips.contains(commit)));
        }
      }
      for (String tag : tags) {
        for (Hit hit : message(tag, range.bytes(tag))) {
          add(hit, new Provenance.GitMessage(container, tag, null, null, true));
        }
      }
    }

    private void add(Hit hit, Provenance provenance) {
      ledger.add(
          hit.candidate(),
          new Place(provenance, hit.location(), hit.candidate().via()),
          hit.excuse());
    }

    private List<Hit> message(String id, byte[] object) {
      if (progress.stopping()) {
        return List.of();
      }
      try {
        return scanner.scan(
            new ByteArrayInputStream(object), (_, _) -> {}, rule -> gaveUp(id, rule));
      } catch (IOException e) {
        throw new IllegalStateException(e); // arrays do not fail
      }
    }

    private Set<TokenBytes> tokens(Collection<String> blobs) {
      var tokens = new HashSet<TokenBytes>();
      for (String blob : blobs) {
        if (objects.has(blob)) {
          hits(blob).forEach(hit -> tokens.add(hit.candidate().token()));
        }
      }
      return tokens;
    }

    private void gaveUp(String object, Rule rule) {
      objects.problem(object, TextScanner.gaveUp(rule));
    }

    /// The hits in a blob; none where it cannot be read, which is a problem of the store's.
    private List<Hit> hits(String blob) {
      List<Hit> before = known.get(blob);
      if (before != null) {
        return before;
      }
      List<Hit> hits = List.of();
      long read = scanner.bytesRead();
      try (InputStream in = objects.open(blob, HELD).orElse(InputStream.nullInputStream())) {
        hits = scanner.scan(in, (_, _) -> {}, rule -> gaveUp(blob, rule));
      } catch (IOException e) {
        objects.problem(blob, "its compressed bytes are damaged");
      }
      progress.read(scanner.bytesRead() - read);
      progress.text();
      known.put(blob, hits);
      return hits;
    }
  }
}
