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
  record Located(
      String keyId,
      @Nullable String tenant,
      @Nullable Instant createdAt,
      @Nullable Instant lastUsedAt,
      List<String> collateral,
      Set<Action> actions)
      implements Target {
    public Located {
      requireNonNull(keyId, "keyId");
      collateral = List.copyOf(collateral);
      actions = Set.copyOf(actions);
    }

    /// A key to which everything can be done that its provider can do.
    public Located(
        String keyId,
        @Nullable String tenant,
        @Nullable Instant createdAt,
        @Nullable Instant lastUsedAt,
        List<String> collateral) {
      this(keyId, tenant, createdAt, lastUsedAt, collateral, Set.of());
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

  /// More than one key looks like this token: a person must choose.
  record Ambiguous(List<String> keyIds) implements Target {
    public Ambiguous {
      keyIds = List.copyOf(keyIds);
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
