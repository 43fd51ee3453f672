package dev.stanch.detectors.source.git;

import dev.stanch.detectors.source.SourceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/// The files and submodules that the index of a repository names. Paths are given as git has them,
/// a character for each byte.
public final class TrackedFiles {
  private final String[] files;
  private final Set<String> submodules;

  private TrackedFiles(String[] files, Set<String> submodules) {
    this.files = files;
    this.submodules = submodules;
  }

  /// Reads the index.
  ///
  /// @throws SourceException when it cannot be read
  public static TrackedFiles of(GitRepository repository) throws SourceException {
    GitIndex index;
    try {
      index = GitIndex.read(repository.indexFile(), repository.gitFolder(), repository.idLength());
    } catch (IOException | CorruptException e) {
      throw new SourceException(
          "the index could not be read", "git status may say why; --no-ignore scans without it", e);
    }
    var files = new String[index.count()];
    var submodules = new HashSet<String>();
    for (int entry = 0; entry < files.length; entry++) {
      int start = index.pathStart(entry);
      files[entry] =
          new String(
              index.paths(), start, index.pathEnd(entry) - start, StandardCharsets.ISO_8859_1);
      if ((index.mode(entry) & GitIndex.KIND) == GitIndex.SUBMODULE) {
        submodules.add(files[entry]);
      }
    }
    Arrays.sort(files); // a damaged index may not be
    return new TrackedFiles(files, submodules);
  }

  /// Whether the index names a file at `path`.
  public boolean holds(String path) {
    return Arrays.binarySearch(files, path) >= 0;
  }

  /// Whether the index names a file in the folder at `path`, or below.
  public boolean holdsBelow(String path) {
    String inside = path + "/";
    int at = Arrays.binarySearch(files, inside);
    int next = at < 0 ? -at - 1 : at;
    return next < files.length && files[next].startsWith(inside);
  }

  /// Whether `path` is where a submodule is checked out.
  public boolean isSubmodule(String path) {
    return submodules.contains(path);
  }

  /// Where submodules are checked out.
  public Set<String> submodules() {
    return Set.copyOf(submodules);
  }
}
