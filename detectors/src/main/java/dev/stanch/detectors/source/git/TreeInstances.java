package dev.stanch.detectors.source.git;

/// The instances that [TreePass] found, by what they point to.
///
/// A **key** names what an instance points to: a tree by its number, then the wanted blobs, then
/// the missing objects.
final class TreeInstances {
  private final int trees;
  private final int[] wanted;
  private final NameTable names;
  private final NameTable missing;
  private final long unlisted;

  private final int[] key;
  private final int[] name;
  private final int[] tree;
  private final int[] dropOf;
  private final int[] dropAt;
  private int instances;
  private int drops;

  private int[] byKey = {}; // instances sorted by key, then by tree
  private int[] keyStart = {};
  private int[] dropStart = {};
  private int[] dropSorted = {};

  TreeInstances(
      int trees,
      int[] wanted,
      NameTable names,
      NameTable missing,
      long unlisted,
      int instances,
      int drops) {
    this.trees = trees;
    this.wanted = wanted;
    this.names = names;
    this.missing = missing;
    this.unlisted = unlisted;
    this.key = new int[instances];
    this.name = new int[instances];
    this.tree = new int[instances];
    this.dropOf = new int[drops];
    this.dropAt = new int[drops];
  }

  void addInstance(int newKey, int newName, int newTree) {
    key[instances] = newKey;
    name[instances] = newName;
    tree[instances++] = newTree;
  }

  void addDrop(int instance, int atTree) {
    dropOf[drops] = instance;
    dropAt[drops++] = atTree;
  }

  /// Sorts what was added; both sorts are stable, and the walk added by ascending tree.
  void index() {
    keyStart = starts(key, instances, keys());
    byKey = new int[instances];
    int[] next = keyStart.clone();
    for (int i = 0; i < instances; i++) {
      byKey[next[key[i]]++] = i;
    }
    dropStart = starts(dropOf, drops, instances);
    dropSorted = new int[drops];
    next = dropStart.clone();
    for (int i = 0; i < drops; i++) {
      dropSorted[next[dropOf[i]]++] = dropAt[i];
    }
  }

  private static int[] starts(int[] of, int count, int groups) {
    int[] start = new int[groups + 1];
    for (int i = 0; i < count; i++) {
      start[of[i] + 1]++;
    }
    for (int g = 0; g < groups; g++) {
      start[g + 1] += start[g];
    }
    return start;
  }

  int instances() {
    return instances;
  }

  int keys() {
    return nothing() + 1;
  }

  /// The key of what turned out to be of no interest.
  int nothing() {
    return trees + wanted.length + missing.count();
  }

  int trees() {
    return trees;
  }

  int[] wanted() {
    return wanted;
  }

  NameTable names() {
    return names;
  }

  /// The ids of missing objects.
  NameTable missing() {
    return missing;
  }

  /// How many further times a missing object was pointed to.
  long unlisted() {
    return unlisted;
  }

  int firstOf(int aKey) {
    return keyStart[aKey];
  }

  int lastOf(int aKey) {
    return keyStart[aKey + 1];
  }

  /// The instance at a place in the order by key.
  int instance(int place) {
    return byKey[place];
  }

  int name(int instance) {
    return name[instance];
  }

  int tree(int instance) {
    return tree[instance];
  }

  int firstDrop(int instance) {
    return dropStart[instance];
  }

  int lastDrop(int instance) {
    return dropStart[instance + 1];
  }

  /// The tree at a place in the order of drops.
  int drop(int place) {
    return dropSorted[place];
  }
}
