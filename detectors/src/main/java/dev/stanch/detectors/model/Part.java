package dev.stanch.detectors.model;

import static java.util.Objects.requireNonNull;

/// A companion of a multi-part credential that is not the secret itself: a key id, a user name, a
/// host. `value` may be shown: it is never a secret.
public record Part(String name, String value) {
  public Part {
    requireNonNull(name, "name");
    requireNonNull(value, "value");
  }
}
