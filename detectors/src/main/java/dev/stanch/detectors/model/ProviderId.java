package dev.stanch.detectors.model;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

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

  // Written out: what the JVM generates for a record is made anew in every process.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ProviderId that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
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
