package dev.stanch.detectors.scan;

import dev.stanch.detectors.model.Location;

/// A candidate with its place in a text.
record Hit(Candidate candidate, long start, Location location) {
  long end() {
    return start + candidate.length();
  }

  /// The same hit, in a text that stands packed in another.
  Hit within(String way) {
    return new Hit(candidate.within(way), start, location);
  }
}
