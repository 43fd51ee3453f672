package dev.stanch.detectors.source.github;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A repository at GitHub.
///
/// @param name owner and name
/// @param pushedAt when any ref of it last changed; null where nothing was ever pushed
public record GitHubRepository(
    String name, @Nullable Instant pushedAt, boolean fork, boolean archived) {
  public GitHubRepository {
    requireNonNull(name, "name");
  }

  /// How reports name it, and what it is read from again.
  public String container() {
    return "github:" + name;
  }
}
