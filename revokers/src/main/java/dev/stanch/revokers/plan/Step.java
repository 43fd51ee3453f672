package dev.stanch.revokers.plan;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.model.TokenId;
import dev.stanch.revokers.spi.Adviser;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One thing to do about one token. Holds no token text.
public sealed interface Step {
  /// Whose token, by its keyed name.
  TokenId token();

  /// The token as it may be shown.
  String redacted();

  /// Who issued it.
  ProviderId provider();

  /// Where it stands, as people read it.
  List<String> places();

  /// The replacement to create first, where the provider's adviser knows one.
  Optional<Adviser.Advice> replacement();

  /// Revoke by API.
  ///
  /// @param owner whose account it acts for, as the provider says
  /// @param reversible whether it can be undone
  record Revoke(
      TokenId token,
      String redacted,
      ProviderId provider,
      List<String> places,
      String owner,
      List<String> scopes,
      boolean reversible,
      Adviser.@Nullable Advice advice)
      implements Step {
    public Revoke {
      requireNonNull(token, "token");
      requireNonNull(owner, "owner");
      places = List.copyOf(places);
      scopes = List.copyOf(scopes);
    }

    @Override
    public Optional<Adviser.Advice> replacement() {
      return Optional.ofNullable(advice);
    }
  }

  /// Nothing to do by API: why, and what a person can do.
  record ByHand(
      TokenId token,
      String redacted,
      ProviderId provider,
      List<String> places,
      String verdict,
      String why,
      Adviser.@Nullable Advice advice)
      implements Step {
    public ByHand {
      requireNonNull(token, "token");
      requireNonNull(why, "why");
      places = List.copyOf(places);
    }

    @Override
    public Optional<Adviser.Advice> replacement() {
      return Optional.ofNullable(advice);
    }
  }

  /// Dead already.
  record Nothing(
      TokenId token, String redacted, ProviderId provider, List<String> places, String why)
      implements Step {
    public Nothing {
      requireNonNull(token, "token");
      places = List.copyOf(places);
    }

    @Override
    public Optional<Adviser.Advice> replacement() {
      return Optional.empty();
    }
  }
}
