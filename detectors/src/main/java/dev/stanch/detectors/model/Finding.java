package dev.stanch.detectors.model;

import static java.util.Objects.requireNonNull;

import java.util.List;

/// One token under its most specific rule, with all its places. Holds no token text: `redacted` is
/// made when the finding is.
public record Finding(
    RuleId rule,
    String ruleName,
    ProviderId provider,
    Evidence evidence,
    TokenId token,
    String redacted,
    double confidence,
    List<String> why,
    Severity severity,
    String impact,
    List<Part> parts,
    List<Place> places,
    Status status) {
  /// Whether the finding is new, or why it is not.
  public enum Status {
    /// Nobody has said anything about it.
    NEW,
    /// In the baseline.
    ACCEPTED,
    /// Suppressed by a comment or an allowlist.
    SUPPRESSED;

    /// The name in reports.
    public String label() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /// The same finding with these places. It is new as long as one of them is not suppressed.
  public Finding at(List<Place> where) {
    return new Finding(
        rule,
        ruleName,
        provider,
        evidence,
        token,
        redacted,
        confidence,
        why,
        severity,
        impact,
        parts,
        where,
        statusOf(where));
  }

  private static Status statusOf(List<Place> places) {
    boolean accepted = true;
    for (Place place : places) {
      Suppression suppression = place.suppression();
      if (suppression == null) {
        return Status.NEW;
      }
      accepted &= suppression.kind() == Suppression.Kind.BASELINE;
    }
    return accepted ? Status.ACCEPTED : Status.SUPPRESSED;
  }

  public Finding {
    requireNonNull(rule, "rule");
    requireNonNull(ruleName, "ruleName");
    requireNonNull(provider, "provider");
    requireNonNull(evidence, "evidence");
    requireNonNull(token, "token");
    requireNonNull(redacted, "redacted");
    requireNonNull(severity, "severity");
    requireNonNull(impact, "impact");
    requireNonNull(status, "status");
    why = List.copyOf(why);
    parts = List.copyOf(parts);
    places = List.copyOf(places);
    if (!(confidence >= 0 && confidence <= 1)) {
      throw new IllegalArgumentException("a confidence lies between 0 and 1");
    }
    if (places.isEmpty()) {
      throw new IllegalArgumentException("a finding has a place");
    }
  }
}
