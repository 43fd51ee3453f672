package dev.stanch.revokers.run;

import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.TokenId;
import java.util.Map;

/// The tokens that a run has in hand. Whoever calls closes them.
///
/// @param old those that the steps are about, by the number of the step
/// @param supplied new values that people made, by the number of the step
/// @param known everything that was read, by its id under the incident's key: a new value that a
///   run which died delivered is among it
/// @param listed secrets that nobody shows
public record InHand(
    Map<Integer, HeldFinding> old,
    Map<Integer, HeldFinding> supplied,
    Map<TokenId, HeldFinding> known,
    Listed listed) {
  public InHand {
    old = Map.copyOf(old);
    supplied = Map.copyOf(supplied);
    known = Map.copyOf(known);
  }

  /// Those that were read.
  public InHand(
      Map<Integer, HeldFinding> old,
      Map<Integer, HeldFinding> supplied,
      Map<TokenId, HeldFinding> known) {
    this(old, supplied, known, Listed.NONE);
  }

  /// Those of steps alone.
  public static InHand of(Map<Integer, HeldFinding> old) {
    return new InHand(old, Map.of(), Map.of());
  }
}
