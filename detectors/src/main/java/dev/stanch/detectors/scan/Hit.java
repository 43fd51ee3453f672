package dev.stanch.detectors.scan;

import dev.stanch.detectors.model.Location;

/// A candidate with its place in a text.
record Hit(Candidate candidate, long start, Location location) {
  long end() {
    return start + candidate.length();
  }
}
