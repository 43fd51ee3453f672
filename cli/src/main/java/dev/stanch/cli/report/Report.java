package dev.stanch.cli.report;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.InventoryEntry;
import dev.stanch.detectors.model.Skip;
import dev.stanch.detectors.scan.ScanResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Everything a run has to tell, in the order in which writers tell it. Holds no token.
///
/// @param entries secrets whose values nobody shows
public record Report(
    List<ReportedFinding> findings,
    List<InventoryEntry> entries,
    List<Skip> skips,
    Summary summary) {
  // Written out, as the loops below: chained comparators and streams are put together anew in every
  // process, which a hook feels.
  private static final Comparator<ReportedFinding> BY_PLACE =
      (one, other) -> {
        int order =
            one.finding().places().getFirst().compareTo(other.finding().places().getFirst());
        if (order == 0) {
          order = one.finding().rule().compareTo(other.finding().rule());
        }
        return order != 0 ? order : one.finding().token().compareTo(other.finding().token());
      };
  private static final Comparator<ReportedFinding> WORST_FIRST =
      (one, other) -> {
        int order = Boolean.compare(!one.counts(), !other.counts());
        if (order == 0) {
          order = one.finding().severity().compareTo(other.finding().severity());
        }
        if (order == 0) {
          order = Boolean.compare(!one.verification().live(), !other.verification().live());
        }
        return order != 0
            ? order
            : Double.compare(other.finding().confidence(), one.finding().confidence());
      };
  private static final Comparator<Skip> SKIPS =
      (one, other) -> {
        int order = one.kind().compareTo(other.kind());
        if (order == 0) {
          order = one.container().compareTo(other.container());
        }
        if (order == 0) {
          order = one.path().compareTo(other.path());
        }
        return order != 0 ? order : one.reason().compareTo(other.reason());
      };

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
    findings = sorted(findings, BY_PLACE);
    entries = entries.isEmpty() ? List.of() : sorted(entries, Comparator.naturalOrder());
    skips = sorted(skips, SKIPS);
  }

  /// A report of texts alone.
  public Report(List<ReportedFinding> findings, List<Skip> skips, Summary summary) {
    this(findings, List.of(), skips, summary);
  }

  private static <T> List<T> sorted(List<T> list, Comparator<? super T> order) {
    var sorted = new ArrayList<T>(list);
    sorted.sort(order);
    return List.copyOf(sorted);
  }

  /// The findings as people want them: what is to be done first, the worst before the rest.
  public List<ReportedFinding> worstFirst() {
    return sorted(findings, WORST_FIRST);
  }

  /// How many findings somebody has to do something about.
  public long newFindings() {
    long count = 0;
    for (ReportedFinding finding : findings) {
      count += finding.counts() ? 1 : 0;
    }
    return count;
  }

  /// How many secrets have to be replaced though nobody shows them.
  public long toReplace() {
    long count = 0;
    for (InventoryEntry entry : entries) {
      count += entry.toReplace() ? 1 : 0;
    }
    return count;
  }

  /// How many things of a kind were not read.
  public long skips(Skip.Kind kind) {
    long count = 0;
    for (Skip skip : skips) {
      count += skip.kind() == kind ? 1 : 0;
    }
    return count;
  }
}
