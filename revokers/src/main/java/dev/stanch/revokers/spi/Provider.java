package dev.stanch.revokers.spi;

import dev.stanch.detectors.model.ProviderId;
import java.util.Optional;
import java.util.Set;

/// A service that issues tokens, and what it lets us do with them. Found by `ServiceLoader`.
public interface Provider {
  /// The id that rules name.
  ProviderId id();

  /// Every host that a token of this provider may be sent to.
  Set<String> hosts();

  /// The variable that points the ecosystem's tools at another host, if there is one.
  default Optional<String> baseUrlVariable() {
    return Optional.empty();
  }

  /// Asks about a token.
  default Optional<Verifier> verifier(ProviderContext context) {
    return Optional.empty();
  }

  /// Makes tokens useless.
  default Optional<Revoker> revoker(ProviderContext context) {
    return Optional.empty();
  }

  /// Knows the smaller replacement.
  default Optional<Adviser> adviser() {
    return Optional.empty();
  }
}
