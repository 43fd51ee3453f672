package dev.stanch.revokers.spi;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a provider tells about a live token. Everything may be untold; nothing here is secret.
///
/// @param owner the account that the token acts for, as the provider names it
/// @param tenant the organisation, project or account that the owner belongs to
/// @param keyId the provider's own name of this token, by which its management API knows it
/// @param scopes what the token may do, in the provider's words; empty where untold
/// @param createdAt when it was made
/// @param expiresAt when it ends by itself
/// @param lastUsedAt when it was last used
public record Identity(
    @Nullable String owner,
    @Nullable String tenant,
    @Nullable String keyId,
    List<String> scopes,
    @Nullable Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant lastUsedAt) {
  /// Of a token whose provider says no more than that it is accepted.
  public static final Identity UNTOLD = new Identity(null, null, null, List.of(), null, null, null);

  public Identity {
    scopes = List.copyOf(scopes);
  }

  /// The identity of a token of which only these are known.
  public static Identity of(String owner, List<String> scopes) {
    return new Identity(requireNonNull(owner, "owner"), null, null, scopes, null, null, null);
  }

  /// The owner, or what comes nearest to one.
  public Optional<String> ownerOrTenant() {
    return Optional.ofNullable(owner == null ? tenant : owner);
  }
}
