package dev.stanch.cli.report;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.Skip;
import dev.stanch.detectors.scan.ScanResult;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/// Everything a run has to tell, in the order in which writers tell it. Holds no token.
public record Report(List<ReportedFinding> findings, List<Skip> skips, Summary summary) {
  private static final Comparator<ReportedFinding> BY_PLACE =
      Comparator.comparing((ReportedFinding one) -> one.finding().places().getFirst())
          .thenComparing(one -> one.finding().rule())
          .thenComparing(one -> one.finding().token());
  private static final Comparator<ReportedFinding> WORST_FIRST =
      Comparator.comparing((ReportedFinding one) -> !one.counts())
          .thenComparing(one -> one.finding().severity())
          .thenComparing(one -> !one.verification().live())
          .thenComparingDouble(one -> -one.finding().confidence());
  private static final Comparator<Skip> SKIPS =
      Comparator.comparing(Skip::kind)
          .thenComparing(Skip::container)
          .thenComparing(Skip::path)
          .thenComparing(Skip::reason);

  /// How much was read, under which rules.
  ///
  /// @param rules `sha256:` and the digest of the rule set
  public record Summary(
      ScanResult.State state,
      long bytes,
      long texts,
      long commits,
      String rules,
      Instant started,
      double seconds) {
    public Summary {
      requireNonNull(state, "state");
      requireNonNull(started, "started");
      requireNonNull(rules, "rules");
    }
  }

  public Report {
    requireNonNull(summary, "summary");
    findings = findings.stream().sorted(BY_PLACE).toList();
    skips = skips.stream().sorted(SKIPS).toList();
  }

  /// The findings as people want them: what is to be done first, the worst before the rest.
  public List<ReportedFinding> worstFirst() {
    return findings.stream().sorted(WORST_FIRST).toList();
  }

  /// How many findings somebody has to do something about.
  public long newFindings() {
    return findings.stream().filter(ReportedFinding::counts).count();
  }

  /// How many things of a kind were not read.
  public long skips(Skip.Kind kind) {
    return skips.stream().filter(skip -> skip.kind() == kind).count();
  }
}
