package dev.stanch.detectors.source.git;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A repository's commits with their order, and what its refs point to.
public final class History {
  private static final int TAG_DEPTH = 100;
  private static final int LARGEST_TAG = 8 << 20;

  private final ObjectTable table;
  private final CommitOrder order;
  private final Set<Integer> tags;
  private final Set<Integer> tipBlobs;
  private final Set<Integer> notedBlobs;
  private final BitSet tipCommits;
  private final BitSet headCommits;
  private final BitSet tipTrees;
  private final BitSet headTrees;
  private final BitSet notedTrees;
  private final ObjectReader reader;

  private History(Targets targets, CommitOrder order) {
    this.table = targets.table;
    this.order = order;
    this.tags = targets.tags;
    this.tipBlobs = targets.tipBlobs;
    this.notedBlobs = targets.notedBlobs;
    this.tipCommits = targets.tipCommits;
    this.headCommits = targets.headCommits;
    this.tipTrees = targets.tipTrees;
    this.headTrees = targets.headTrees;
    this.notedTrees = targets.notedTrees;
    this.reader = new ObjectReader(table);
  }

  /// Reads all commits and orders them.
  ///
  /// @param refs the names to start from: all of a repository's, or those a caller restricts it to
  /// @param messages makes each thread's visitor of whole commit objects, or null
  public static History read(
      GitRepository repository,
      ObjectTable table,
      List<Ref> refs,
      int threads,
      @Nullable Supplier<? extends BlobVisitor> messages)
      throws InterruptedException {
    CommitTable commits = new CommitTable(table);
    Parallel.run(threads, commits.reading(shallow(repository, table.problems()), messages));
    return of(table, commits, refs);
  }

  /// Reads all commits and visits all blobs; the commits, which one thread has to put in order, go
  /// first.
  ///
  /// @param refs reads the names to start from
  /// @param messages makes each thread's visitor of whole commit objects
  /// @param blobs makes each thread's visitor of blobs
  public static History read(
      GitRepository repository,
      ObjectTable table,
      Supplier<List<Ref>> refs,
      int threads,
      Supplier<? extends BlobVisitor> messages,
      Supplier<? extends BlobVisitor> blobs)
      throws InterruptedException {
    CommitTable commits = new CommitTable(table);
    var history = new AtomicReference<History>();
    Parallel.run(
        threads,
        commits.reading(shallow(repository, table.problems()), messages),
        () -> history.set(of(table, commits, refs.get())),
        BlobWalk.all(table, blobs));
    return requireNonNull(history.get(), "history");
  }

  private static History of(ObjectTable table, CommitTable commits, List<Ref> refs) {
    Targets targets = new Targets(table, commits);
    for (Ref ref : refs) {
      targets.add(ref);
    }
    CommitOrder order = CommitOrder.of(table, commits, targets.tipCommits, targets.notedCommits);
    for (CommitTable.Absent absent : commits.absent()) {
      if (order.reachable(absent.commit())) {
        table
            .problems()
            .add(
                Problem.Kind.MISSING,
                absent.id(),
                (absent.type() == ObjectType.TREE ? "the tree" : "a parent")
                    + " of commit "
                    + table.name(commits.entry(absent.commit()))
                    + " is not in the repository");
      }
    }
    return new History(targets, order);
  }

  /// The number of commits stored.
  public int commits() {
    return order.commits().count();
  }

  /// The entries of the annotated tags that refs lead to.
  public Set<Integer> tags() {
    return tags;
  }

  /// From where a commit is reachable.
  public Reach reachOfCommit(int entry) {
    int commit = order.commits().number(entry);
    return commit < 0 ? Reach.NONE : order.reach(order.rank(commit));
  }

  /// Whether a ref or `HEAD` points to a commit, directly or through tags.
  public boolean isTip(int entry) {
    int commit = order.commits().number(entry);
    return commit >= 0 && tipCommits.get(commit);
  }

  /// Reads who made a commit.
  public CommitInfo info(int entry) {
    return CommitInfo.of(table.name(entry), reader.read(entry, LARGEST_TAG));
  }

  ObjectTable table() {
    return table;
  }

  CommitOrder order() {
    return order;
  }

  BitSet tipCommits() {
    return tipCommits;
  }

  BitSet headCommits() {
    return headCommits;
  }

  BitSet tipTrees() {
    return tipTrees;
  }

  BitSet headTrees() {
    return headTrees;
  }

  BitSet notedTrees() {
    return notedTrees;
  }

  Set<Integer> tipBlobs() {
    return tipBlobs;
  }

  Set<Integer> notedBlobs() {
    return notedBlobs;
  }

  static Set<String> shallow(GitRepository repository, Problems problems) {
    Path file = repository.commonFolder().resolve("shallow");
    if (!Files.isRegularFile(file)) {
      return Set.of();
    }
    try {
      return new HashSet<>(Files.readAllLines(file, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      problems.add(
          Problem.Kind.UNREADABLE,
          file.toString(),
          "the list of shallow commits could not be read");
      return Set.of();
    }
  }

  /// What refs point to, through any number of tags.
  private static final class Targets {
    private final ObjectTable table;
    private final CommitTable commits;
    private final ObjectReader reader;
    private final BitSet tipCommits = new BitSet();
    private final BitSet headCommits = new BitSet();
    private final BitSet notedCommits = new BitSet();
    private final BitSet tipTrees = new BitSet();
    private final BitSet headTrees = new BitSet();
    private final BitSet notedTrees = new BitSet();
    private final Set<Integer> tipBlobs = new LinkedHashSet<>();
    private final Set<Integer> notedBlobs = new LinkedHashSet<>();
    private final Set<Integer> tags = new LinkedHashSet<>();

    Targets(ObjectTable table, CommitTable commits) {
      this.table = table;
      this.commits = commits;
      this.reader = new ObjectReader(table);
    }

    void add(Ref ref) {
      String id = ref.id();
      for (int depth = 0; ; depth++) {
        int entry =
            id.length() == 2 * table.idLength()
                ? table.find(HexFormat.of().parseHex(id), 0)
                : ObjectTable.NONE;
        if (entry == ObjectTable.NONE || !table.known(entry)) {
          // A reflog may outlive what it names: git prunes objects, not lines.
          if (entry == ObjectTable.NONE && ref.kind().tip()) {
            table
                .problems()
                .add(
                    Problem.Kind.MISSING,
                    id,
                    ref.name() + " points to an object that is not there");
          }
          return;
        }
        if (!table.is(entry, ObjectType.TAG)) {
          target(ref.kind(), entry);
          return;
        }
        tags.add(entry);
        if (depth == TAG_DEPTH) {
          table
              .problems()
              .add(Problem.Kind.TOO_LARGE, ref.name(), "tags of tags are nested too deeply");
          return;
        }
        byte[] tag = reader.read(entry, LARGEST_TAG);
        int digits = 2 * table.idLength();
        if (tag.length < 7 + digits) {
          return;
        }
        String object = new String(tag, 0, 7 + digits, StandardCharsets.ISO_8859_1);
        if (!object.matches("object [0-9a-f]+")) {
          table
              .problems()
              .add(
                  Problem.Kind.CORRUPT,
                  table.name(entry),
                  "the tag does not begin with its object");
          return;
        }
        id = object.substring(7);
      }
    }

    private void target(Ref.Kind kind, int entry) {
      boolean tip = kind.tip();
      switch (table.type(entry)) {
        case COMMIT -> {
          int commit = commits.number(entry);
          (tip ? tipCommits : notedCommits).set(commit);
          if (kind == Ref.Kind.HEAD) {
            headCommits.set(commit);
          }
        }
        case TREE -> {
          int tree = table.positionOf(entry) - table.firstPosition(ObjectType.TREE);
          (tip ? tipTrees : notedTrees).set(tree);
          if (kind == Ref.Kind.HEAD) {
            headTrees.set(tree);
          }
        }
        case BLOB -> (tip ? tipBlobs : notedBlobs).add(entry);
        case TAG -> throw new IllegalStateException("a tag is no target");
      }
    }
  }
}
