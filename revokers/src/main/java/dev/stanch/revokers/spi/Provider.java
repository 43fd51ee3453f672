package dev.stanch.revokers.spi;

import dev.stanch.detectors.http.RateLimit;
import dev.stanch.detectors.model.ProviderId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A service that issues tokens, and what it lets us do with them. Found by `ServiceLoader`.
///
/// An implementation has no state but what it is made with: everything of a run comes in its
/// [ProviderContext].
public interface Provider {
  /// The id that rules name.
  ProviderId id();

  /// The name that the service gives itself.
  String name();

  /// Every host that a token of this provider may be sent to; `*.example.com` stands for every host
  /// below that domain.
  Set<String> hosts();

  /// The variable that points the ecosystem's tools at another host, if there is one.
  default Optional<String> baseUrlVariable() {
    return Optional.empty();
  }

  /// The operator's credentials that its calls can use, the most useful first.
  default List<AdminVariable> adminVariables() {
    return List.of();
  }

  /// What may die with a token: by the rule that finds it, the rules that find the tokens that are
  /// made with it and end with it.
  default Map<String, Set<String>> takes() {
    return Map.of();
  }

  /// How fast it may be called, as it documents.
  default RateLimit limit() {
    return RateLimit.undocumented();
  }

  /// Asks about tokens.
  default Optional<Verifier> verifier(ProviderContext context) {
    return Optional.empty();
  }

  /// Makes tokens useless.
  default Optional<Revoker> revoker(ProviderContext context) {
    return Optional.empty();
  }

  /// Replaces keys by new ones.
  default Optional<Rotator> rotator(ProviderContext context) {
    return Optional.empty();
  }

  /// Knows the smaller replacement.
  default Optional<Adviser> adviser() {
    return Optional.empty();
  }

  /// Whether a scope allows all that another one does, both as its identities name them.
  default boolean covers(String wide, String narrow) {
    return wide.equals(narrow);
  }

  /// What a person does to revoke a token of this kind, where no API can or none may.
  default Optional<Guidance> guidance() {
    return Optional.empty();
  }
}
