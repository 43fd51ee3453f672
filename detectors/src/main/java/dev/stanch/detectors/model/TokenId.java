package dev.stanch.detectors.model;

import static java.util.Objects.requireNonNull;

/// The keyed name of a token: `v1:` and 26 characters of base 32 (130 bits). Ids made under
/// different keys are never compared.
public record TokenId(String value) implements Comparable<TokenId> {
  public TokenId {
    requireNonNull(value, "value");
    if (!value.startsWith("v1:")) {
      throw new IllegalArgumentException("token id of an unknown version");
    }
  }

  @Override
  public int compareTo(TokenId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
