package dev.stanch.revokers.spi;

import static java.util.Objects.requireNonNull;

import java.util.List;

/// What a provider says about a token. Only a documented refusal is [Dead]; everything unexpected
/// is [Unknown], and unknown never counts as safe.
public sealed interface Verification {
  /// The name of the verdict in reports.
  String verdict();

  /// Accepted, and the owner is known.
  record Live(String identity, List<String> scopes) implements Verification {
    public Live {
      requireNonNull(identity, "identity");
      scopes = List.copyOf(scopes);
    }

    @Override
    public String verdict() {
      return "live";
    }
  }

  /// Accepted as a credential, refused for this probe.
  record LiveRestricted(String detail) implements Verification {
    @Override
    public String verdict() {
      return "live-restricted";
    }
  }

  /// Valid, but stopped by a policy.
  record LiveBlocked(String detail) implements Verification {
    @Override
    public String verdict() {
      return "live-blocked";
    }
  }

  /// Valid, the account has no balance.
  record LiveNoCredit() implements Verification {
    @Override
    public String verdict() {
      return "live-no-credit";
    }
  }

  /// Unknown to the provider, revoked or expired.
  record Dead(String detail) implements Verification {
    @Override
    public String verdict() {
      return "dead";
    }
  }

  /// Blocked by the provider itself because it leaked.
  record DeadLeaked() implements Verification {
    @Override
    public String verdict() {
      return "dead-leaked";
    }
  }

  /// Cannot tell.
  record Unknown(String reason, boolean retryable) implements Verification {
    public Unknown {
      requireNonNull(reason, "reason");
    }

    @Override
    public String verdict() {
      return "unknown";
    }
  }

  /// Nobody has asked.
  record NotChecked() implements Verification {
    @Override
    public String verdict() {
      return "not-checked";
    }
  }

  /// Whether somebody can use the token, or may be able to again.
  default boolean live() {
    return switch (this) {
      case Live _, LiveRestricted _, LiveBlocked _, LiveNoCredit _ -> true;
      case Dead _, DeadLeaked _, Unknown _, NotChecked _ -> false;
    };
  }
}
