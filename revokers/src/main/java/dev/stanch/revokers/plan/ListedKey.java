package dev.stanch.revokers.plan;

import static java.util.Objects.requireNonNull;

import dev.stanch.revokers.spi.Target;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A key as its provider listed it when a plan was made: what a person goes by who chooses one.
/// Holds nothing of its value.
///
/// @param id the provider's name of it
/// @param name what people call it, where told
/// @param createdAt when it was made, where told
/// @param lastUsedAt when it was last used, where told
public record ListedKey(
    String id, @Nullable String name, @Nullable Instant createdAt, @Nullable Instant lastUsedAt) {
  public ListedKey {
    requireNonNull(id, "id");
  }

  static ListedKey of(Target.Listed listed) {
    Target.Located key = listed.key();
    return new ListedKey(key.keyId(), listed.name(), key.createdAt(), key.lastUsedAt());
  }

  /// Whether it is listed as it was: under the same id there is no key of another name or time. It
  /// may have been used since.
  boolean stillIs(Target.Listed now) {
    return id.equals(now.key().keyId())
        && Objects.equals(name, now.name())
        && Objects.equals(createdAt, now.key().createdAt());
  }
}
