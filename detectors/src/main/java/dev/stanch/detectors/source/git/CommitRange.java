package dev.stanch.detectors.source.git;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The commits that some have and others have not (`A..B`), and what each of them brings.
///
/// Made for the few commits of a push or a pull request: it reads those commits and the folders
/// they change, and nothing else of the history.
public final class CommitRange {
  private static final int LARGEST_COMMIT = 8 << 20;
  private static final int LARGEST_TREE = 64 << 20;
  private static final int DEEPEST = 4096;

  /// How many commits known to be left out are looked at after the last one that is not: clocks are
  /// not always right.
  private static final int SLOP = 64;

  /// How many bytes of folders are kept.
  private static final long CACHED_TREES = 16 << 20;

  private static final byte[] NONE = {};
  private static final long UNSEEN = -1;
  private static final long OPEN = -2;

  private final ObjectLookup objects;
  private final ObjectStore store;
  private final Set<String> shallow;
  private final Map<String, Node> nodes = new HashMap<>();
  private final List<Node> commits = new ArrayList<>();
  private final List<String> tips;
  private int waiting; // queued, not taken yet and not excluded

  /// A blob that a commit brings: it stands at the path there and in none of the commit's parents.
  ///
  /// @param blob the blob's id
  /// @param path the path with `/`; bytes that are no UTF-8 stand as `\xNN`
  /// @param commit the id of the commit
  /// @param order the place of the commit in the range; parents before children
  /// @param before the ids of the blobs that stand at the path in the commit's parents
  /// @param inTips whether one of the range's ends still has the blob at the path
  public record Change(
      String blob, String path, String commit, int order, List<String> before, boolean inTips) {
    public Change {
      requireNonNull(blob, "blob");
      requireNonNull(path, "path");
      requireNonNull(commit, "commit");
      before = List.copyOf(before);
    }
  }

  private static final class Node {
    final String id;
    String tree = "";
    List<String> parents = List.of();
    long date;
    long corrected = UNSEEN;
    boolean excluded;
    boolean queued;
    boolean waiting;
    boolean listed;

    Node(String id) {
      this.id = id;
    }
  }

  private CommitRange(
      ObjectStore store, ObjectLookup objects, Set<String> shallow, Collection<String> tips) {
    this.store = store;
    this.objects = objects;
    this.shallow = shallow;
    this.tips = List.copyOf(tips);
  }

  /// Finds the commits reachable from some and not from others.
  ///
  /// @param included ids of commits
  /// @param excluded ids of commits; those that are not stored are passed over
  public static CommitRange of(
      GitRepository repository,
      ObjectStore store,
      ObjectLookup objects,
      Collection<String> included,
      Collection<String> excluded) {
    CommitRange range =
        new CommitRange(
            store, objects, History.shallow(repository, store.problems()), new HashSet<>(included));
    range.walk(included, excluded);
    range.sort();
    return range;
  }

  /// The ids of the range's commits, parents before children.
  public List<String> commits() {
    return commits.stream().map(node -> node.id).toList();
  }

  /// What the range's commits bring, in their order.
  public List<Change> changes() {
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < commits.size(); i++) {
      Node commit = commits.get(i);
      List<String> before = new ArrayList<>();
      boolean known = true;
      for (String parent : commit.parents) {
        Node node = node(parent);
        known &= !node.tree.isEmpty();
        before.add(node.tree);
      }
      // Of a parent that is not stored nobody can say what it had: all of the commit counts as
      // brought.
      diff(commit, i, known ? before : before.stream().filter(t -> !t.isEmpty()).toList(), changes);
    }
    return changes;
  }

  /// Who made a commit of the range.
  public CommitInfo info(String commit) {
    return CommitInfo.of(commit, bytes(commit));
  }

  /// The bytes of a commit of the range, its message among them.
  public byte[] bytes(String commit) {
    return objects.read(commit, LARGEST_COMMIT).map(GitObject::bytes).orElse(new byte[0]);
  }

  /// The blobs that a commit of the range takes away from where its parents have them.
  public Set<String> removed(String commit) {
    Set<String> removed = new HashSet<>();
    Node node = node(commit);
    for (String parent : node.parents) {
      addRemoved(node(parent).tree, node.tree, removed);
    }
    return removed;
  }

  private void addRemoved(String before, String after, Set<String> removed) {
    record Pair(String before, String after, int depth) {}
    var pairs = new ArrayDeque<Pair>();
    pairs.push(new Pair(before, after, 0));
    while (!pairs.isEmpty()) {
      Pair pair = pairs.pop();
      if (pair.before().isEmpty() || pair.before().equals(pair.after()) || pair.depth() > DEEPEST) {
        continue;
      }
      Map<String, TreeEntry> left = pair.after().isEmpty() ? Map.of() : entries(pair.after());
      for (var named : entries(pair.before()).entrySet()) {
        TreeEntry old = named.getValue();
        TreeEntry now = left.get(named.getKey());
        if (old.folder()) {
          String folder = now != null && now.folder() ? now.id() : "";
          pairs.push(new Pair(old.id(), folder, pair.depth() + 1));
        } else if (now == null || now.folder()) {
          removed.add(old.id());
        }
      }
    }
  }

  private Node node(String id) {
    Node known = nodes.get(id);
    if (known != null) {
      return known;
    }
    Node node = new Node(id);
    nodes.put(id, node);
    Optional<GitObject> read =
        objects.read(id, LARGEST_COMMIT).filter(o -> o.type() == ObjectType.COMMIT);
    if (read.isPresent()) {
      byte[] bytes = read.get().bytes();
      node.tree = Revisions.headers(bytes, "tree").stream().findFirst().orElse("");
      node.parents = shallow.contains(id) ? List.of() : Revisions.headers(bytes, "parent");
      for (String committer : Revisions.headers(bytes, "committer")) {
        byte[] line = committer.getBytes(StandardCharsets.UTF_8);
        node.date = CommitTable.dateOf(line, 0, line.length);
      }
    }
    return node;
  }

  private void walk(Collection<String> included, Collection<String> excluded) {
    var queue =
        new PriorityQueue<Node>(
            Comparator.comparingLong((Node n) -> -n.date).thenComparing(n -> n.id));
    for (String id : excluded) {
      if (objects.has(id)) {
        Node node = node(id);
        node.excluded = true;
        enqueue(node, queue);
      }
    }
    included.forEach(id -> enqueue(node(id), queue));
    List<Node> seen = new ArrayList<>();
    long oldest = Long.MAX_VALUE;
    int slop = SLOP;
    while (!queue.isEmpty()) {
      Node node = queue.remove();
      node.waiting = false;
      if (!node.excluded) {
        waiting--;
        seen.add(node);
        oldest = Math.min(oldest, node.date);
      } else if (waiting == 0 && node.date < oldest && --slop < 0) {
        break;
      }
      for (String id : node.parents) {
        Node parent = node(id);
        if (node.excluded) {
          exclude(parent);
        }
        enqueue(parent, queue);
      }
    }
    for (Node node : seen) {
      if (!node.excluded && !node.tree.isEmpty()) {
        node.listed = true;
        commits.add(node);
      }
    }
  }

  private void enqueue(Node node, PriorityQueue<Node> queue) {
    if (!node.queued) {
      node.queued = true;
      node.waiting = true;
      queue.add(node);
      if (!node.excluded) {
        waiting++;
      }
    }
  }

  /// Excludes a commit and what is already known to lie behind it.
  private void exclude(Node from) {
    var stack = new ArrayDeque<Node>();
    stack.push(from);
    while (!stack.isEmpty()) {
      Node node = stack.pop();
      if (node.excluded) {
        continue;
      }
      node.excluded = true;
      if (node.waiting) {
        waiting--;
      }
      for (String id : node.parents) {
        Node parent = nodes.get(id);
        if (parent != null) {
          stack.push(parent);
        }
      }
    }
  }

  /// Sorts by corrected date, as [CommitOrder] does, and then by id.
  private void sort() {
    var stack = new ArrayDeque<Node>();
    for (Node start : commits) {
      stack.push(start);
      while (!stack.isEmpty()) {
        Node node = stack.peek();
        if (node.corrected == UNSEEN) {
          node.corrected = OPEN;
          for (String id : node.parents) {
            Node parent = nodes.get(id);
            if (parent != null && parent.listed && parent.corrected == UNSEEN) {
              stack.push(parent);
            }
          }
          continue;
        }
        stack.pop();
        if (node.corrected == OPEN) {
          long latest = node.date;
          for (String id : node.parents) {
            Node parent = nodes.get(id);
            if (parent != null && parent.listed) {
              latest = Math.max(latest, parent.corrected + 1);
            }
          }
          node.corrected = latest;
        }
      }
    }
    commits.sort(Comparator.comparingLong((Node n) -> n.corrected).thenComparing(n -> n.id));
  }

  /// One folder to compare: the commit's tree and those its parents have at the same path.
  private record Folder(String tree, List<String> before, String path, int depth) {}

  private void diff(Node commit, int order, List<String> before, List<Change> changes) {
    var folders = new ArrayDeque<Folder>();
    folders.push(new Folder(commit.tree, before, "", 0));
    while (!folders.isEmpty()) {
      Folder folder = folders.pop();
      if (folder.before().contains(folder.tree())) {
        continue;
      }
      if (folder.depth() > DEEPEST) {
        store
            .problems()
            .add(Problem.Kind.TOO_LARGE, folder.tree(), "folders are nested too deeply in history");
        continue;
      }
      // Most of a folder is the same in commit and parent: only what lies between the entries that
      // are the same from the front and from the back is taken apart.
      RawTree now = raw(folder.tree());
      int from = 0;
      int to = now.count();
      List<Map<String, TreeEntry>> others = new ArrayList<>();
      for (String tree : folder.before()) {
        RawTree old = raw(tree);
        int front = now.sameFront(old);
        int back = now.sameBack(old, front);
        from = Math.max(from, front);
        to = Math.min(to, now.count() - back);
        others.add(old.entries(front, old.count() - back));
      }
      for (var named : now.entries(from, to).entrySet()) {
        TreeEntry entry = named.getValue();
        List<String> same = new ArrayList<>();
        boolean brought = true;
        for (Map<String, TreeEntry> other : others) {
          TreeEntry old = other.get(named.getKey());
          if (old != null && old.folder() == entry.folder()) {
            same.add(old.id());
            brought &= !old.id().equals(entry.id());
          }
        }
        if (!brought) {
          continue;
        }
        String path = folder.path() + named.getKey();
        if (entry.folder()) {
          folders.push(new Folder(entry.id(), same, path + "/", folder.depth() + 1));
        } else {
          changes.add(
              new Change(entry.id(), path, commit.id, order, same, isInTips(path, entry.id())));
        }
      }
    }
  }

  private record TreeEntry(String id, boolean folder) {}

  /// A folder as git stores it, cut into entries.
  private static final class RawTree {
    private final byte[] bytes;
    private final int idLength;
    private final int[] start; // of each entry; then the end of the last
    private final int count;
    private @Nullable Map<String, TreeEntry> all;

    RawTree(byte[] bytes, int idLength) throws CorruptException {
      this.bytes = bytes;
      this.idLength = idLength;
      int[] starts = new int[16];
      int entries = 0;
      for (int at = 0; at < bytes.length; ) {
        int nul = at;
        while (nul < bytes.length && bytes[nul] != 0) {
          nul++;
        }
        at = nul + 1 + idLength;
        if (at > bytes.length) {
          throw new CorruptException("the tree ends within an entry");
        }
        if (++entries == starts.length) {
          starts = Arrays.copyOf(starts, 2 * entries);
        }
        starts[entries] = at;
      }
      this.start = starts;
      this.count = entries;
    }

    int count() {
      return count;
    }

    int sameFront(RawTree other) {
      int most = Math.min(count, other.count);
      int same = 0;
      while (same < most && same(same, other, same)) {
        same++;
      }
      return same;
    }

    int sameBack(RawTree other, int front) {
      int most = Math.min(count, other.count) - front;
      int same = 0;
      while (same < most && same(count - 1 - same, other, other.count - 1 - same)) {
        same++;
      }
      return same;
    }

    private boolean same(int entry, RawTree other, int theirs) {
      return Arrays.equals(
          bytes,
          start[entry],
          start[entry + 1],
          other.bytes,
          other.start[theirs],
          other.start[theirs + 1]);
    }

    Map<String, TreeEntry> all() {
      Map<String, TreeEntry> known = all;
      if (known == null) {
        known = entries(0, count);
        all = known;
      }
      return known;
    }

    /// Some entries by name; submodules are none.
    Map<String, TreeEntry> entries(int from, int to) {
      Map<String, TreeEntry> entries = new LinkedHashMap<>();
      for (int i = from; i < to; i++) {
        int at = start[i];
        int mode = 0;
        while (bytes[at] >= '0' && bytes[at] <= '7') {
          mode = mode << 3 | bytes[at++] - '0';
        }
        int id = start[i + 1] - idLength;
        int kind = mode & 0170000;
        if (kind != 0160000 && bytes[at] == ' ') {
          entries.put(
              GitPath.text(Arrays.copyOfRange(bytes, at + 1, id - 1)),
              new TreeEntry(HexFormat.of().formatHex(bytes, id, id + idLength), kind == 0040000));
        }
      }
      return entries;
    }
  }

  private final Map<String, RawTree> trees = new LinkedHashMap<>(256, 0.75f, true);
  private long treeBytes;

  private RawTree raw(String tree) {
    RawTree known = trees.get(tree);
    if (known != null) {
      return known;
    }
    byte[] bytes =
        objects
            .read(tree, LARGEST_TREE)
            .filter(o -> o.type() == ObjectType.TREE)
            .map(GitObject::bytes)
            .orElse(NONE);
    RawTree read;
    try {
      read = new RawTree(bytes, store.idLength());
    } catch (CorruptException e) {
      store.problems().add(Problem.Kind.CORRUPT, tree, String.valueOf(e.getMessage()));
      return emptied(tree);
    }
    trees.put(tree, read);
    treeBytes += read.bytes.length;
    var eldest = trees.entrySet().iterator();
    while (treeBytes > CACHED_TREES && eldest.hasNext()) {
      treeBytes -= eldest.next().getValue().bytes.length;
      eldest.remove();
    }
    return read;
  }

  private RawTree emptied(String tree) {
    try {
      RawTree empty = new RawTree(NONE, store.idLength());
      trees.put(tree, empty);
      return empty;
    } catch (CorruptException e) {
      throw new IllegalStateException(e); // nothing cannot be corrupt
    }
  }

  private Map<String, TreeEntry> entries(String tree) {
    return raw(tree).all();
  }

  private boolean isInTips(String path, String blob) {
    for (String tip : tips) {
      String at = node(tip).tree;
      for (int from = 0; !at.isEmpty(); ) {
        int slash = path.indexOf('/', from);
        TreeEntry entry = entries(at).get(path.substring(from, slash < 0 ? path.length() : slash));
        if (entry == null || entry.folder() != (slash >= 0)) {
          break;
        }
        if (slash < 0) {
          if (entry.id().equals(blob)) {
            return true;
          }
          break;
        }
        at = entry.id();
        from = slash + 1;
      }
    }
    return false;
  }
}
