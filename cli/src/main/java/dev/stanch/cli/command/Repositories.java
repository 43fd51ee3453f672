package dev.stanch.cli.command;

import dev.stanch.cli.Environment;
import dev.stanch.detectors.source.SourceException;
import dev.stanch.detectors.source.git.GitRepository;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Opens the repository that a command line means.
final class Repositories {
  private Repositories() {}

  /// The repository at `named`, or, where the command line names none, the one that git names to a
  /// hook or that this folder lies in.
  static GitRepository open(Environment environment, @Nullable Path named) throws SourceException {
    return named == null
        ? GitRepository.here(environment.folder(), environment.variables())
        : GitRepository.named(
            environment.folder().resolve(named), environment.folder(), environment.variables());
  }

  /// How places name a repository.
  static String container(GitRepository repository) {
    return repository.workTree().orElse(repository.gitFolder()).toUri().toString();
  }
}
