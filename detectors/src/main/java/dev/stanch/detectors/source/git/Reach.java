package dev.stanch.detectors.source.git;

/// From where an object can be reached.
public enum Reach {
  /// From a ref or `HEAD`.
  TIPS,
  /// Only from what git notes for itself: reflogs, `FETCH_HEAD`, `ORIG_HEAD`.
  NOTED,
  /// From nowhere: it waits to be pruned.
  NONE
}
