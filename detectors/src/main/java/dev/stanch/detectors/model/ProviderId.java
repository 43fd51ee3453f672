package dev.stanch.detectors.model;

import static java.util.Objects.requireNonNull;

/// Whose token it is: lower case, digits and hyphens, as in `huggingface`.
public record ProviderId(String value) implements Comparable<ProviderId> {
  /// A token whose issuer nobody can tell.
  public static final ProviderId GENERIC = new ProviderId("generic");

  public ProviderId {
    requireNonNull(value, "value");
    if (value.isEmpty()) {
      throw new IllegalArgumentException("a provider id is not empty");
    }
  }

  @Override
  public int compareTo(ProviderId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
