package dev.stanch.revokers.spi;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.http.Outcome;
import java.util.Optional;

/// What a provider says about a token. Only a documented refusal is [Dead]; everything unexpected
/// is [Unknown], and unknown never counts as safe.
public sealed interface Verification {
  /// The name of the verdict in reports.
  String verdict();

  /// Accepted.
  record Live(Identity identity) implements Verification {
    public Live {
      requireNonNull(identity, "identity");
    }

    @Override
    public String verdict() {
      return "live";
    }
  }

  /// Accepted as a credential, refused for this probe.
  record LiveRestricted(Identity identity, String detail) implements Verification {
    public LiveRestricted {
      requireNonNull(identity, "identity");
      requireNonNull(detail, "detail");
    }

    @Override
    public String verdict() {
      return "live-restricted";
    }
  }

  /// Valid, but stopped by a policy or switched off reversibly.
  record LiveBlocked(Identity identity, String detail) implements Verification {
    public LiveBlocked {
      requireNonNull(identity, "identity");
      requireNonNull(detail, "detail");
    }

    @Override
    public String verdict() {
      return "live-blocked";
    }
  }

  /// Valid, the account has no balance.
  record LiveNoCredit(Identity identity) implements Verification {
    public LiveNoCredit {
      requireNonNull(identity, "identity");
    }

    @Override
    public String verdict() {
      return "live-no-credit";
    }
  }

  /// Unknown to the provider, revoked or expired.
  record Dead(String detail) implements Verification {
    public Dead {
      requireNonNull(detail, "detail");
    }

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
  record Unknown(String reason, Retry retry) implements Verification {
    public Unknown {
      requireNonNull(reason, "reason");
      requireNonNull(retry, "retry");
    }

    /// What an outcome means that the provider does not document for the probe. For whatever is
    /// left after the documented answers.
    public static Unknown undocumented(Outcome outcome) {
      return new Unknown(outcome.reason(), outcome.retryable() ? Retry.LATER : Retry.NEVER);
    }

    @Override
    public String verdict() {
      return "unknown";
    }
  }

  /// Nobody has asked.
  record NotChecked(String reason) implements Verification {
    public NotChecked {
      requireNonNull(reason, "reason");
    }

    @Override
    public String verdict() {
      return "not-checked";
    }
  }

  /// Whether asking once more may tell.
  enum Retry {
    /// A passing fault: ask again.
    LATER,
    /// The same question gets the same answer.
    NEVER
  }

  /// Whether somebody can use the token, or may be able to again.
  default boolean live() {
    return switch (this) {
      case Live _, LiveRestricted _, LiveBlocked _, LiveNoCredit _ -> true;
      case Dead _, DeadLeaked _, Unknown _, NotChecked _ -> false;
    };
  }

  /// Whether the provider refuses the token for good.
  default boolean dead() {
    return switch (this) {
      case Dead _, DeadLeaked _ -> true;
      case Live _, LiveRestricted _, LiveBlocked _, LiveNoCredit _, Unknown _, NotChecked _ ->
          false;
    };
  }

  /// What the provider told about a live token.
  default Identity told() {
    return switch (this) {
      case Live(var identity) -> identity;
      case LiveRestricted(var identity, _) -> identity;
      case LiveBlocked(var identity, _) -> identity;
      case LiveNoCredit(var identity) -> identity;
      case Dead _, DeadLeaked _, Unknown _, NotChecked _ -> Identity.UNTOLD;
    };
  }

  /// Why, in the verifier's words, where there is more to say than the verdict.
  default Optional<String> why() {
    return switch (this) {
      case LiveRestricted(_, var why) -> Optional.of(why);
      case LiveBlocked(_, var why) -> Optional.of(why);
      case Dead(var why) -> Optional.of(why);
      case Unknown(var why, _) -> Optional.of(why);
      case NotChecked(var why) -> Optional.of(why);
      case Live _, LiveNoCredit _, DeadLeaked _ -> Optional.empty();
    };
  }
}
