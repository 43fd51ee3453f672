package dev.stanch.detectors.source.directory;

import dev.stanch.detectors.source.SourceException;
import dev.stanch.detectors.source.git.GitRepository;
import dev.stanch.detectors.source.git.TrackedFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The work tree of a repository, as a walk needs to know it: what its index names, and what it
/// leaves out everywhere. The repository's configuration has no say.
///
/// @param tracked what the index names
/// @param everywhere the patterns of `info/exclude`
record Checkout(TrackedFiles tracked, @Nullable IgnoreFile everywhere) {
  /// The checkout whose top is `folder`, if it is one whose index can be read: without knowing what
  /// is tracked nothing can be left out safely.
  static Optional<Checkout> at(Path folder) {
    if (!Files.exists(folder.resolve(".git"))) {
      return Optional.empty();
    }
    try {
      GitRepository repository = GitRepository.find(folder, Map.of());
      if (repository.workTree().filter(folder.toAbsolutePath().normalize()::equals).isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new Checkout(
              TrackedFiles.of(repository),
              IgnoreFile.read(
                  repository.commonFolder().resolve("info").resolve("exclude"), "", null)));
    } catch (SourceException _) {
      return Optional.empty();
    }
  }
}
