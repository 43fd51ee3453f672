package dev.stanch.detectors.scan;

import dev.stanch.detectors.model.Location;
import org.jspecify.annotations.Nullable;

/// A candidate with its place in a text, and what speaks for it.
record Hit(Candidate candidate, long start, Location location, @Nullable Excuse excuse) {
  long end() {
    return start + candidate.length();
  }

  /// The same hit, in a text that stands packed in another.
  Hit within(String way) {
    return new Hit(candidate.within(way), start, location, excuse);
  }
}
