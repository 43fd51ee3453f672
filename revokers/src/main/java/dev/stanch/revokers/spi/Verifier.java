package dev.stanch.revokers.spi;

import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.detectors.model.TokenId;

/// Asks a provider about tokens, and changes nothing. Thread-safe.
public interface Verifier {
  /// The provider's verdict. Never throws for what a provider or a network may do: that is
  /// [Verification.Unknown].
  Verification verify(HeldFinding token, RevealPermit permit) throws InterruptedException;

  /// Tells that the provider accepted this token at an earlier time, as an incident's plan says.
  /// Where a refusal may be no fault of the token, it counts only of one that was accepted before.
  default void acceptedBefore(TokenId token) {}

  /// Asks for something that only the real provider answers in its own way, without any found
  /// token: a portal or proxy that refuses everything shows itself here. Nothing counts as dead
  /// unless this was [Control.Genuine] within the minute.
  Control control() throws InterruptedException;

  /// Who is at the other end.
  sealed interface Control {
    /// The provider itself.
    record Genuine() implements Control {}

    /// Somebody who does not answer as the provider documents.
    record Suspect(String reason) implements Control {}

    /// Nobody.
    record NoAnswer(String reason) implements Control {}
  }
}
