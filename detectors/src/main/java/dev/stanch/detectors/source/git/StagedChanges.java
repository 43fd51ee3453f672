package dev.stanch.detectors.source.git;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.source.SourceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the index holds and the commit at `HEAD` does not: what a commit made now would bring.
///
/// Made for a commit hook: trees are read only where the index does not know them to be as `HEAD`
/// has them, so that a large index costs hardly more than a small one.
public final class StagedChanges {
  private static final int LARGEST_COMMIT = 8 << 20;
  private static final int LARGEST_TREE = 64 << 20;

  /// git's own paths end far earlier; this bounds the stack on hostile indexes.
  private static final int DEEPEST = 500;

  private final ObjectLookup objects;
  private final Problems problems;
  private final GitIndex index;
  private final int idLength;
  private final List<Change> changes = new ArrayList<>();
  private final List<Excluded> excluded = new ArrayList<>();
  private final List<Removed> removed = new ArrayList<>();

  /// A blob that is staged at a path where `HEAD` has another one, or none.
  ///
  /// @param path the path with `/`; bytes that are no UTF-8 stand as `\xNN`
  /// @param before the id of the blob that `HEAD` has there, or null
  public record Change(String blob, String path, @Nullable String before) {
    public Change {
      requireNonNull(blob, "blob");
      requireNonNull(path, "path");
    }
  }

  /// Something staged that has no text to look at.
  public record Excluded(String path, String reason) {
    public Excluded {
      requireNonNull(path, "path");
      requireNonNull(reason, "reason");
    }
  }

  /// What `HEAD` has at a path that the index gives up: a blob, or a folder of them.
  private record Removed(String id, boolean folder) {}

  private StagedChanges(GitIndex index, ObjectLookup objects, Problems problems) {
    this.index = index;
    this.objects = objects;
    this.problems = problems;
    this.idLength = index.idLength();
  }

  /// Compares the index with `HEAD`.
  ///
  /// @throws SourceException when the index or `HEAD` as a whole cannot be read
  public static StagedChanges of(GitRepository repository, ObjectLookup objects, Problems problems)
      throws SourceException {
    GitIndex index;
    try {
      index = GitIndex.read(repository.indexFile(), repository.gitFolder(), repository.idLength());
    } catch (IOException e) {
      throw new SourceException("the index could not be read", "git status says whether it is", e);
    } catch (CorruptException e) {
      throw new SourceException(
          String.valueOf(e.getMessage()), "git status says whether it can be read", e);
    }
    var changes = new StagedChanges(index, objects, problems);
    String commit = Head.commit(repository);
    TreeEntry tree = commit == null ? null : changes.treeOf(commit);
    changes.compare(0, index.count(), 0, index.tree(), tree, 0);
    return changes;
  }

  /// What is staged, in the index's order.
  public List<Change> changes() {
    return List.copyOf(changes);
  }

  /// What is staged and has no text: submodules, and paths that are only announced.
  public List<Excluded> excluded() {
    return List.copyOf(excluded);
  }

  /// The ids of the blobs at paths that `HEAD` has and the index has not: where a moved file comes
  /// from. Reads the trees of folders that are gone.
  public List<String> removed() {
    var blobs = new ArrayList<String>();
    for (Removed gone : removed) {
      if (gone.folder()) {
        blobsOf(gone.id(), 0, blobs);
      } else {
        blobs.add(gone.id());
      }
    }
    return blobs;
  }

  private void blobsOf(String tree, int depth, List<String> blobs) {
    if (depth <= DEEPEST) {
      for (TreeEntry entry : entries(tree).values()) {
        if (entry.isFolder()) {
          blobsOf(entry.id(), depth + 1, blobs);
        } else if (!entry.isSubmodule()) {
          blobs.add(entry.id());
        }
      }
    }
  }

  /// The top folder of a commit.
  private TreeEntry treeOf(String commit) throws SourceException {
    Optional<GitObject> read = objects.read(commit, LARGEST_COMMIT);
    if (read.isPresent() && read.get().type() == ObjectType.COMMIT) {
      byte[] bytes = read.get().bytes();
      int end = 5 + 2 * idLength;
      if (bytes.length > end && new String(bytes, 0, 5, StandardCharsets.UTF_8).equals("tree ")) {
        String id = new String(bytes, 5, 2 * idLength, StandardCharsets.ISO_8859_1);
        try {
          return new TreeEntry(GitIndex.FOLDER, HexFormat.of().parseHex(id), 0, idLength);
        } catch (IllegalArgumentException _) {
          // Told below.
        }
      }
    }
    throw new SourceException(
        "the commit at HEAD could not be read", "git fsck says what is wrong");
  }

  /// Compares the entries `[first, last)`, whose paths agree in their first `prefix` bytes, with a
  /// tree of `HEAD`'s.
  private void compare(
      int first,
      int last,
      int prefix,
      GitIndex.@Nullable CachedTree cached,
      @Nullable TreeEntry head,
      int depth) {
    if (head != null && cached != null && cached.entries() == last - first && isId(cached, head)) {
      return; // a commit takes this tree as it is
    }
    if (depth > DEEPEST) {
      problems.add(Problem.Kind.TOO_LARGE, path(first), "folders are nested too deeply");
      return;
    }
    Map<String, TreeEntry> before = head == null ? new HashMap<>() : entries(head.id());
    byte[] paths = index.paths();
    for (int entry = first; entry < last; ) {
      if (index.pathEnd(entry) - index.pathStart(entry) <= prefix
          || !agree(first, entry, 0, prefix)) {
        problems.add(Problem.Kind.CORRUPT, path(entry), "the index is not sorted");
        return;
      }
      int start = index.pathStart(entry) + prefix;
      int end = index.pathEnd(entry);
      int slash = start;
      while (slash < end && paths[slash] != '/') {
        slash++;
      }
      String name = new String(paths, start, slash - start, StandardCharsets.ISO_8859_1);
      if (slash == end) {
        entry = file(entry, last, before.remove(name));
        continue;
      }
      TreeEntry old = before.get(name);
      TreeEntry oldTree = old != null && old.isFolder() ? old : null;
      if (oldTree != null) {
        before.remove(name);
      }
      int inner = prefix + slash + 1 - start;
      if (slash + 1 == end) { // a sparse index: the entry stands for a folder
        String oldId = oldTree == null ? null : oldTree.id();
        folder(index.id(entry), oldId, path(entry), depth + 1);
        entry++;
        continue;
      }
      GitIndex.CachedTree below = below(cached, paths, start, slash);
      int behind;
      if (below != null && below.entries() > 0 && below.entries() <= last - entry) {
        behind = entry + below.entries();
      } else {
        behind = behind(entry, last, prefix, inner);
      }
      compare(entry, behind, inner, below, oldTree, depth + 1);
      entry = behind;
    }
    for (TreeEntry gone : before.values()) {
      if (!gone.isSubmodule()) {
        removed.add(new Removed(gone.id(), gone.isFolder()));
      }
    }
  }

  private boolean isId(GitIndex.CachedTree cached, TreeEntry head) {
    int at = cached.idAt();
    return Arrays.equals(index.data(), at, at + idLength, head.in, head.at, head.at + idLength);
  }

  private GitIndex.@Nullable CachedTree below(
      GitIndex.@Nullable CachedTree cached, byte[] paths, int from, int to) {
    if (cached != null) {
      for (GitIndex.CachedTree folder : cached.folders()) {
        int at = folder.nameAt();
        if (Arrays.equals(index.data(), at, at + folder.nameLength(), paths, from, to)) {
          return folder;
        }
      }
    }
    return null;
  }

  /// The first entry behind those that lie in the folder of `entry`'s. The index is sorted; where a
  /// damaged one is not, the entries say so when they are compared.
  private int behind(int entry, int last, int prefix, int inner) {
    int low = entry + 1;
    int high = last;
    while (low < high) {
      int middle = low + high >>> 1;
      if (agree(entry, middle, prefix, inner)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private boolean agree(int one, int other, int from, int to) {
    int a = index.pathStart(one);
    int b = index.pathStart(other);
    return index.pathEnd(other) - b >= to
        && Arrays.equals(index.paths(), a + from, a + to, index.paths(), b + from, b + to);
  }

  /// Compares what is staged at one path, in each stage of a conflict, and returns the entry behind
  /// it.
  private int file(int first, int last, @Nullable TreeEntry old) {
    int entry = first;
    if (old != null && old.isFolder()) {
      removed.add(new Removed(old.id(), true));
    }
    String before = old == null || !old.isBlob() ? null : old.id();
    do {
      // Stage 1 is what both sides of a conflict began with: history, not a change.
      if (index.stage(entry) != 1 && (old == null || !index.hasId(entry, old.in, old.at))) {
        staged(entry, before);
      }
      entry++;
    } while (entry < last && samePath(first, entry));
    return entry;
  }

  private boolean samePath(int one, int other) {
    return index.stage(other) != 0
        && Arrays.equals(
            index.paths(),
            index.pathStart(one),
            index.pathEnd(one),
            index.paths(),
            index.pathStart(other),
            index.pathEnd(other));
  }

  private void staged(int entry, @Nullable String before) {
    switch (index.mode(entry) & GitIndex.KIND) {
      case GitIndex.FILE, GitIndex.LINK -> {
        if (index.intentToAdd(entry)) {
          excluded.add(new Excluded(path(entry), "announced only (git add -N)"));
        } else {
          changes.add(new Change(index.id(entry), path(entry), before));
        }
      }
      case GitIndex.SUBMODULE -> excluded.add(new Excluded(path(entry), "submodule"));
      default ->
          problems.add(Problem.Kind.UNSUPPORTED, path(entry), "a kind of entry git does not have");
    }
  }

  /// Compares two trees, where a sparse index names the new one.
  private void folder(String tree, @Nullable String head, String path, int depth) {
    if (tree.equals(head)) {
      return;
    }
    if (depth > DEEPEST) {
      problems.add(Problem.Kind.TOO_LARGE, path, "folders are nested too deeply");
      return;
    }
    Map<String, TreeEntry> before = head == null ? new HashMap<>() : entries(head);
    for (var named : entries(tree).entrySet()) {
      TreeEntry entry = named.getValue();
      TreeEntry old = before.remove(named.getKey());
      String inner = path + text(named.getKey());
      if (entry.isFolder()) {
        folder(entry.id(), old != null && old.isFolder() ? old.id() : null, inner + "/", depth + 1);
      } else if (old == null || !old.id().equals(entry.id())) {
        if (entry.isSubmodule()) {
          excluded.add(new Excluded(inner, "submodule"));
        } else {
          changes.add(new Change(entry.id(), inner, old != null && old.isBlob() ? old.id() : null));
        }
      }
    }
    for (TreeEntry gone : before.values()) {
      if (!gone.isSubmodule()) {
        removed.add(new Removed(gone.id(), gone.isFolder()));
      }
    }
  }

  private String path(int entry) {
    return GitPath.text(
        Arrays.copyOfRange(index.paths(), index.pathStart(entry), index.pathEnd(entry)));
  }

  private static String text(String latin) {
    return GitPath.text(latin.getBytes(StandardCharsets.ISO_8859_1));
  }

  /// One line of a tree; its id is read where somebody asks.
  private static final class TreeEntry {
    final int kind;
    final byte[] in;
    final int at;
    final int idLength;

    TreeEntry(int kind, byte[] in, int at, int idLength) {
      this.kind = kind;
      this.in = in;
      this.at = at;
      this.idLength = idLength;
    }

    boolean isFolder() {
      return kind == GitIndex.FOLDER;
    }

    boolean isSubmodule() {
      return kind == GitIndex.SUBMODULE;
    }

    boolean isBlob() {
      return !isFolder() && !isSubmodule();
    }

    String id() {
      return HexFormat.of().formatHex(in, at, at + idLength);
    }
  }

  /// The lines of a tree by their names, a character for each byte. A tree that cannot be read is a
  /// problem, and counts as empty: then too much is looked at, never too little.
  private Map<String, TreeEntry> entries(String tree) {
    var entries = new HashMap<String, TreeEntry>();
    Optional<GitObject> read = objects.read(tree, LARGEST_TREE);
    if (read.isEmpty()) {
      return entries;
    }
    if (read.get().type() != ObjectType.TREE) {
      problems.add(Problem.Kind.CORRUPT, tree, "should be a tree and is none");
      return entries;
    }
    byte[] bytes = read.get().bytes();
    for (int at = 0; at < bytes.length; ) {
      int mode = 0;
      while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '7') {
        mode = mode << 3 | bytes[at++] - '0';
      }
      int nul = at + 1;
      while (nul < bytes.length && bytes[nul] != 0) {
        nul++;
      }
      if (nul + 1 + idLength > bytes.length || bytes[at] != ' ') {
        problems.add(Problem.Kind.CORRUPT, tree, "the tree ends within an entry");
        break;
      }
      entries.put(
          new String(bytes, at + 1, nul - at - 1, StandardCharsets.ISO_8859_1),
          new TreeEntry(mode & GitIndex.KIND, bytes, nul + 1, idLength));
      at = nul + 1 + idLength;
    }
    return entries;
  }
}
