package dev.stanch.detectors.model;

import static java.util.Objects.requireNonNull;

/// The one name of a rule: in reports, baselines, suppressions, docs and tests.
public record RuleId(String value) implements Comparable<RuleId> {
  public RuleId {
    requireNonNull(value, "value");
    if (value.isEmpty()) {
      throw new IllegalArgumentException("a rule id is not empty");
    }
  }

  @Override
  public int compareTo(RuleId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
