package dev.stanch.detectors.source.git;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/// Refs kept in the reftable format, read by JGit. Apart from [Refs] so that JGit is loaded for
/// such repositories only.
final class ReftableRefs {
  private ReftableRefs() {}

  /// Every ref's full name with its id, or `ref: ` and the name it stands for.
  static Map<String, String> read(GitRepository repository) throws IOException {
    Map<String, String> values = new HashMap<>();
    try (var opened =
        new FileRepositoryBuilder()
            .setGitDir(repository.commonFolder().toFile())
            .setMustExist(true)
            .build()) {
      for (var ref : opened.getRefDatabase().getRefs()) {
        if (ref.isSymbolic()) {
          values.put(ref.getName(), "ref: " + ref.getTarget().getName());
          continue;
        }
        ObjectId id = ref.getObjectId();
        if (id != null) {
          values.put(ref.getName(), id.name());
        }
      }
    }
    return values;
  }
}
