package dev.stanch.revokers.provider.plain;

import static java.util.Objects.requireNonNull;

/// A mistake in a descriptor, with its place.
record DescriptorProblem(String file, int line, String message) {
  DescriptorProblem {
    requireNonNull(file, "file");
    requireNonNull(message, "message");
  }

  @Override
  public String toString() {
    return file + ":" + line + ": " + message;
  }
}
