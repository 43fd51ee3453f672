package dev.stanch.detectors.source.git;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// For each wanted blob all paths it ever had, with the first commit that has it there and whether
/// a tip still does.
///
/// The **value** of a tree is the set of its own paths, each with the least rank of a commit and
/// the tips' bits; it is put together from the values of the trees that hold it, each computed
/// once, from the wanted blobs upwards, so that only the ancestors of wanted blobs are looked at.
public final class Attribution {
  /// A blob with more paths than this is listed with so many of them.
  static final int MOST_PATHS = 10_000;

  private static final int TIP = 1;
  private static final int HEAD = 2;
  private static final int NO_RANK = (1 << 29) - 1;

  private static final int UNKNOWN = 0;
  private static final int OPEN = -1;
  private static final int EMPTY = -2;

  /// How far values may grow before trees with many paths are cut down; 64 MB.
  private static final int POOL = 16 << 20;

  private final History history;
  private final ObjectTable table;
  private final TreeInstances instances;
  private final PathTable paths;
  private final int[] seedRank; // by tree
  private final byte[] seedBits;
  private final int[] value; // by tree: UNKNOWN, OPEN, EMPTY or where its value begins in the pool
  private int[] pool =
      new int[1 << 14]; // count, then path and rank << 2 | bits of each; a negative count was cut
  private int pooled = 1;

  // The value being put together.
  private int[] sumPath = new int[64];
  private int[] sumValue = new int[64];
  private int sumCount;
  private boolean sumCut;
  private int[] slotOfPath = new int[64];
  private int[] stampOfPath = new int[64];
  private int stamp;

  private final Map<Integer, List<BlobPlace>> places = new HashMap<>();
  private final List<Integer> cut = new ArrayList<>();

  private Attribution(History history, TreeInstances instances) {
    this.history = history;
    this.table = history.table();
    this.instances = instances;
    this.paths = new PathTable(instances.names());
    this.seedRank = new int[instances.trees()];
    this.seedBits = new byte[instances.trees()];
    this.value = new int[instances.trees()];
    seed();
  }

  /// Finds the places of blobs.
  ///
  /// What is missing in the repository but reachable becomes a problem on the way.
  ///
  /// @param wanted the entries of the wanted blobs; of several copies of one blob any
  public static Attribution of(History history, int[] wanted, int threads)
      throws InterruptedException {
    ObjectTable table = history.table();
    byte[] id = new byte[table.idLength()];
    int[] first =
        Arrays.stream(wanted)
            .map(
                entry -> {
                  if (!table.duplicate(entry)) {
                    return entry;
                  }
                  table.id(entry, id, 0);
                  int found = table.find(id, 0);
                  return found == ObjectTable.NONE ? entry : found;
                })
            .sorted()
            .distinct()
            .toArray();
    Attribution attribution = new Attribution(history, TreePass.run(table, first, threads));
    for (int w = 0; w < first.length; w++) {
      attribution.places.put(first[w], attribution.placesOf(w));
    }
    for (int entry : wanted) {
      if (table.duplicate(entry)) {
        table.id(entry, id, 0);
        attribution.places.computeIfAbsent(
            entry, _ -> attribution.places.getOrDefault(table.find(id, 0), List.of()));
      }
    }
    attribution.listMissing();
    return attribution;
  }

  /// The places of a wanted blob, the first one first; empty for a blob that no stored tree holds.
  public List<BlobPlace> places(int entry) {
    return places.getOrDefault(entry, List.of());
  }

  /// The wanted blobs that have more paths than are listed.
  public List<Integer> cut() {
    return List.copyOf(cut);
  }

  private void seed() {
    Arrays.fill(seedRank, NO_RANK);
    CommitOrder order = history.order();
    CommitTable commits = order.commits();
    for (int c = 0; c < commits.count(); c++) {
      int tree = commits.tree(c);
      if (tree >= 0) {
        seedRank[tree] = Math.min(seedRank[tree], order.rank(c));
        if (history.tipCommits().get(c)) {
          seedBits[tree] |= TIP;
        }
        if (history.headCommits().get(c)) {
          seedBits[tree] |= HEAD;
        }
      }
    }
    history.tipTrees().stream()
        .forEach(
            tree -> {
              seedRank[tree] = Math.min(seedRank[tree], order.rankOfTipTree());
              seedBits[tree] |= TIP;
            });
    history.headTrees().stream().forEach(tree -> seedBits[tree] |= HEAD);
    history.notedTrees().stream()
        .forEach(tree -> seedRank[tree] = Math.min(seedRank[tree], order.rankOfNotedTree()));
  }

  private List<BlobPlace> placesOf(int w) {
    int entry = instances.wanted()[w];
    evaluateHolders(instances.trees() + w);
    sum(instances.trees() + w);
    CommitOrder order = history.order();
    byte[][] found = new byte[sumCount][];
    Integer[] sorted = new Integer[sumCount];
    for (int i = 0; i < sumCount; i++) {
      found[i] = paths.bytes(sumPath[i]);
      sorted[i] = i;
    }
    Arrays.sort(
        sorted,
        Comparator.comparingInt((Integer i) -> sumValue[i] >>> 2)
            .thenComparing((a, b) -> bySlash(found[a], found[b])));
    List<BlobPlace> result = new ArrayList<>();
    for (int i : sorted) {
      int rank = sumValue[i] >>> 2;
      int commit = order.commit(rank);
      result.add(
          new BlobPlace(
              GitPath.text(found[i]),
              rank,
              commit < 0 ? ObjectTable.NONE : order.commits().entry(commit),
              order.reach(rank),
              (sumValue[i] & TIP) != 0,
              (sumValue[i] & HEAD) != 0));
    }
    if (sumCut) {
      cut.add(entry);
    }
    if (history.tipBlobs().contains(entry)) {
      result.add(
          new BlobPlace("", order.rankOfTipTree(), ObjectTable.NONE, Reach.TIPS, true, false));
    } else if (history.notedBlobs().contains(entry)) {
      result.add(
          new BlobPlace("", order.rankOfNotedTree(), ObjectTable.NONE, Reach.NOTED, false, false));
    }
    return List.copyOf(result);
  }

  /// Bytes compared as if each path ended with a slash.
  private static int bySlash(byte[] a, byte[] b) {
    int difference = Arrays.mismatch(a, b);
    if (difference < 0) {
      return 0;
    }
    int x = difference < a.length ? a[difference] & 0xff : '/';
    int y = difference < b.length ? b[difference] & 0xff : '/';
    return x != y ? x - y : a.length - b.length;
  }

  private void listMissing() {
    Problems problems = table.problems();
    byte[] id = new byte[table.idLength()];
    CommitOrder order = history.order();
    for (int m = 0; m < instances.missing().count(); m++) {
      int key = instances.trees() + instances.wanted().length + m;
      evaluateHolders(key);
      sum(key);
      int least = -1;
      for (int i = 0; i < sumCount; i++) {
        if (least < 0 || sumValue[i] >>> 2 < sumValue[least] >>> 2) {
          least = i;
        }
      }
      if (least >= 0 && order.reach(sumValue[least] >>> 2) != Reach.NONE) {
        instances.missing().copy(m, id, 0);
        problems.add(
            Problem.Kind.MISSING,
            HexFormat.of().formatHex(id),
            "not in the repository, though it stands in its history at "
                + GitPath.text(paths.bytes(sumPath[least])));
      }
    }
    if (instances.unlisted() > 0) {
      problems.add(
          Problem.Kind.MISSING,
          "history",
          "further objects are not in the repository",
          instances.unlisted());
    }
  }

  /// Computes the values of all trees that hold a key, and of their holders.
  private void evaluateHolders(int key) {
    Numbers stack =
        new Numbers(); // tree, place of the instance, current tree of its region, place of the next
    // drop
    push(stack, key);
    while (stack.size() > 0) {
      int frame = stack.size() - 4;
      int pending = nextUnknown(stack, frame);
      if (pending >= 0) {
        value[pending] = OPEN;
        push(stack, pending);
        continue;
      }
      int done = stack.get(frame);
      stack.truncate(frame);
      if (done < instances.trees()) {
        sum(done);
        value[done] = store();
      }
    }
  }

  private void push(Numbers stack, int key) {
    stack.add(key);
    stack.add(instances.firstOf(key));
    stack.add(-1);
    stack.add(0);
  }

  /// Moves a frame on to the next tree without a value, or returns -1 at its end.
  private int nextUnknown(Numbers stack, int frame) {
    int key = stack.get(frame);
    int place = stack.get(frame + 1);
    int tree = stack.get(frame + 2);
    int drop = stack.get(frame + 3);
    int last = instances.lastOf(key);
    for (; place < last; place++, tree = -1) {
      int instance = instances.instance(place);
      int begin = instances.tree(instance);
      int end = treeEnd(begin);
      int dropEnd = instances.lastDrop(instance);
      if (tree < 0) {
        tree = begin;
        drop = instances.firstDrop(instance);
      }
      while (tree < end) {
        if (drop < dropEnd && instances.drop(drop) == tree) {
          tree = treeEnd(tree);
          drop++;
          continue;
        }
        int at = tree++;
        if (value[at] == UNKNOWN) {
          stack.set(frame + 1, place);
          stack.set(frame + 2, tree);
          stack.set(frame + 3, drop);
          return at;
        }
      }
    }
    return -1;
  }

  private int treeEnd(int tree) {
    int first = table.firstPosition(ObjectType.TREE);
    return table.subtreeEnd(first + tree) - first;
  }

  /// Puts a key's value together from its own seed and from the trees that hold it.
  private void sum(int key) {
    sumCount = 0;
    sumCut = false;
    stamp++;
    if (key < instances.trees() && (seedRank[key] != NO_RANK || seedBits[key] != 0)) {
      add(PathTable.ROOT, seedRank[key] << 2 | seedBits[key]);
    }
    int last = instances.lastOf(key);
    for (int place = instances.firstOf(key); place < last; place++) {
      int instance = instances.instance(place);
      int name = instances.name(instance);
      int end = treeEnd(instances.tree(instance));
      int drop = instances.firstDrop(instance);
      int dropEnd = instances.lastDrop(instance);
      int lastParent = -1;
      int lastPath = -1;
      for (int tree = instances.tree(instance); tree < end; ) {
        if (drop < dropEnd && instances.drop(drop) == tree) {
          tree = treeEnd(tree);
          drop++;
          continue;
        }
        int at = value[tree++];
        if (at <= 0) {
          continue;
        }
        int count = pool[at++];
        if (count < 0) {
          sumCut = true;
          count = -count;
        }
        for (int i = 0; i < count; i++) {
          int parent = pool[at++];
          int ranked = pool[at++];
          if (parent != lastParent) {
            lastParent = parent;
            lastPath = paths.number(parent, name);
          }
          add(lastPath, ranked);
        }
      }
    }
  }

  private void add(int path, int ranked) {
    if (path >= slotOfPath.length) {
      int length = Math.max(path + 1, 2 * slotOfPath.length);
      slotOfPath = Arrays.copyOf(slotOfPath, length);
      stampOfPath = Arrays.copyOf(stampOfPath, length);
    }
    if (stampOfPath[path] == stamp) {
      int slot = slotOfPath[path];
      int old = sumValue[slot];
      sumValue[slot] = Math.min(old >>> 2, ranked >>> 2) << 2 | (old | ranked) & 3;
      return;
    }
    if (sumCount >= mostPaths()) {
      sumCut = true;
      return;
    }
    if (sumCount == sumPath.length) {
      sumPath = Arrays.copyOf(sumPath, 2 * sumCount);
      sumValue = Arrays.copyOf(sumValue, 2 * sumCount);
    }
    stampOfPath[path] = stamp;
    slotOfPath[path] = sumCount;
    sumPath[sumCount] = path;
    sumValue[sumCount++] = ranked;
  }

  private int mostPaths() {
    return pooled < POOL / 2 ? MOST_PATHS : pooled < POOL ? 64 : 1;
  }

  private int store() {
    if (sumCount == 0) {
      return EMPTY;
    }
    int needed = 1 + 2 * sumCount;
    if (pooled + needed > pool.length) {
      pool = Arrays.copyOf(pool, Math.max(pooled + needed, pool.length + (pool.length >> 1)));
    }
    int at = pooled;
    pool[pooled++] = sumCut ? -sumCount : sumCount;
    for (int i = 0; i < sumCount; i++) {
      pool[pooled++] = sumPath[i];
      pool[pooled++] = sumValue[i];
    }
    return at;
  }
}
