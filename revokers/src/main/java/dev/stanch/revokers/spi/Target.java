package dev.stanch.revokers.spi;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a revocation would hit.
public sealed interface Target {
  /// Exactly one key, or the token itself where the provider takes its value.
  ///
  /// @param keyId the provider's name of the key, enough to act on it; [#BY_VALUE] where the call
  ///   takes the token itself
  /// @param tenant whose key it is: the account that the acting credential belongs to; null where
  ///   the call takes the token itself
  /// @param createdAt when the key was made, where told
  /// @param lastUsedAt when it was last used, where told
  /// @param collateral what else stops working with it, in the provider's words
  /// @param actions what can be done to it; empty for all that its provider can do
  /// @param otherwise names of the same key in other ways to act on it, tried in this order where
  ///   the provider refuses the first: nothing else may die so, and all must be possible so
  /// @param lot which keys may go with it in one call
  record Located(
      String keyId,
      @Nullable String tenant,
      @Nullable Instant createdAt,
      @Nullable Instant lastUsedAt,
      List<String> collateral,
      Set<Action> actions,
      List<String> otherwise,
      Lot lot)
      implements Target {
    public Located {
      requireNonNull(keyId, "keyId");
      collateral = List.copyOf(collateral);
      actions = Set.copyOf(actions);
      otherwise = List.copyOf(otherwise);
      requireNonNull(lot, "lot");
    }

    /// A key to which everything can be done that its provider can do, in one way.
    public Located(
        String keyId,
        @Nullable String tenant,
        @Nullable Instant createdAt,
        @Nullable Instant lastUsedAt,
        List<String> collateral) {
      this(keyId, tenant, createdAt, lastUsedAt, collateral, Set.of(), List.of(), Lot.ALL);
    }

    /// The same key, with no other ways but these.
    public Located withOtherwise(List<String> ways) {
      return new Located(keyId, tenant, createdAt, lastUsedAt, collateral, actions, ways, lot);
    }
  }

  /// Keys that may go in one call: those whose lots are equal.
  ///
  /// @param name empty where a provider takes all its keys alike
  /// @param largest how many one call takes
  record Lot(String name, int largest) {
    /// Of a provider that makes no difference: as many as its revoker says.
    public static final Lot ALL = new Lot("", Integer.MAX_VALUE);

    public Lot {
      requireNonNull(name, "name");
      if (largest < 1) {
        throw new IllegalArgumentException("a call of no keys");
      }
    }
  }

  /// In place of a key id: the call takes the token itself.
  String BY_VALUE = "by-value";

  /// The token itself, of which nothing more is known.
  static Located byValue() {
    return new Located(BY_VALUE, null, null, null, List.of());
  }

  /// No key of the tenant that we may act for is this token.
  record Foreign(String reason) implements Target {
    public Foreign {
      requireNonNull(reason, "reason");
    }
  }

  /// Nothing tells which of these keys of the tenant is the token: a person must choose.
  ///
  /// @param keys at least one: where a listing shows nothing of its keys, a single one proves
  ///   nothing either
  record Ambiguous(List<Listed> keys) implements Target {
    public Ambiguous {
      keys = List.copyOf(keys);
      if (keys.isEmpty()) {
        throw new IllegalArgumentException("no keys to choose from");
      }
    }
  }

  /// A key as its provider lists it.
  ///
  /// @param name what people call it, where told; nothing of its value
  record Listed(Located key, @Nullable String name) {
    public Listed {
      requireNonNull(key, "key");
    }
  }

  /// Finding or revoking it takes a credential that is not here.
  record NeedsCredential(AdminVariable variable) implements Target {
    public NeedsCredential {
      requireNonNull(variable, "variable");
    }
  }

  /// This kind of token cannot be revoked by API.
  record ByHandOnly(String reason) implements Target {
    public ByHandOnly {
      requireNonNull(reason, "reason");
    }
  }

  /// The provider did not say.
  record Unclear(String reason) implements Target {
    public Unclear {
      requireNonNull(reason, "reason");
    }
  }
}
