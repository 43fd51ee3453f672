package dev.stanch.revokers.spi;

import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.detectors.model.Secret;

/// Asks a provider about a token, and changes nothing.
public interface Verifier {
  /// The provider's verdict. Never throws for what a provider or a network may do: that is
  /// [Verification.Unknown].
  Verification verify(Secret token, RevealPermit permit) throws InterruptedException;
}
