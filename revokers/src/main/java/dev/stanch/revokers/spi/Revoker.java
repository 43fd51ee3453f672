package dev.stanch.revokers.spi;

import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.detectors.model.Secret;
import java.util.List;

/// Makes tokens useless.
public interface Revoker {
  /// How many tokens one call takes at the most.
  int largestBatch();

  /// Whether what it does can be undone.
  boolean reversible();

  /// Revokes these tokens in one call.
  ActionResult revoke(List<Secret> tokens, RevealPermit permit) throws InterruptedException;
}
