package dev.stanch.detectors.source.git;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.source.SourceException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Single files of one commit, read from the objects: no work tree, filter or link has a say in
/// what they hold. Opens the objects anew for each file.
public final class CommitFiles {
  private static final int LARGEST_TREE = 64 << 20;

  private final GitRepository repository;
  private final String commit;

  private CommitFiles(GitRepository repository, String commit) {
    this.repository = requireNonNull(repository, "repository");
    this.commit = requireNonNull(commit, "commit");
  }

  /// Those of the commit that a caller's word means; nothing where it means none.
  public static Optional<CommitFiles> of(GitRepository repository, String revision) {
    var problems = new Problems(0);
    try (ObjectStore store = repository.openObjectsBriefly(problems)) {
      var objects = new ObjectLookup(store);
      return new Revisions(Refs.read(repository, problems), objects, repository.idLength())
          .commit(revision)
          .map(id -> new CommitFiles(repository, id));
    }
  }

  /// The id of the commit.
  public String commit() {
    return commit;
  }

  /// The bytes of the file at a path with `/`; nothing where there is no file, which a link or a
  /// submodule is none of.
  ///
  /// @throws SourceException where something on the way to it is damaged, missing or larger than
  ///   `most`
  public Optional<byte[]> read(String path, int most) throws SourceException {
    try (ObjectStore store = repository.openObjectsBriefly(new Problems(0))) {
      var objects = new ObjectLookup(store);
      byte[] own = bytes(objects, commit, LARGEST_TREE, path);
      String at = Revisions.headers(own, "tree").stream().findFirst().orElse("");
      List<String> names = List.of(path.split("/"));
      for (int i = 0; i < names.size(); i++) {
        Optional<Entry> entry =
            entry(bytes(objects, at, LARGEST_TREE, path), names.get(i), repository.idLength());
        boolean last = i == names.size() - 1;
        if (entry.isEmpty() || !(last ? entry.get().file() : entry.get().folder())) {
          return Optional.empty();
        }
        at = entry.get().id();
      }
      return Optional.of(bytes(objects, at, most, path));
    }
  }

  private byte[] bytes(ObjectLookup objects, String id, int most, String path)
      throws SourceException {
    return objects
        .read(id, most)
        .map(GitObject::bytes)
        .orElseThrow(
            () ->
                new SourceException(
                    path + " of commit " + commit + " cannot be read",
                    "git fsck says what is damaged; a clone with a filter lacks objects"));
  }

  private record Entry(String mode, String id) {
    boolean file() {
      return mode.startsWith("100");
    }

    boolean folder() {
      return mode.equals("40000");
    }
  }

  /// The entry of a name in a folder as git stores it: mode, space, name, NUL, id.
  private static Optional<Entry> entry(byte[] tree, String name, int idLength) {
    for (int at = 0; at < tree.length; ) {
      int space = at;
      while (space < tree.length && tree[space] != ' ') {
        space++;
      }
      int nul = space;
      while (nul < tree.length && tree[nul] != 0) {
        nul++;
      }
      if (nul + 1 + idLength > tree.length) {
        return Optional.empty();
      }
      if (new String(tree, space + 1, nul - space - 1, StandardCharsets.UTF_8).equals(name)) {
        return Optional.of(
            new Entry(
                new String(tree, at, space - at, StandardCharsets.US_ASCII),
                HexFormat.of().formatHex(tree, nul + 1, nul + 1 + idLength)));
      }
      at = nul + 1 + idLength;
    }
    return Optional.empty();
  }
}
