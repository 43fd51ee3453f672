package dev.stanch.detectors.scan;

import dev.stanch.detectors.model.Finding;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.model.TokenKey;
import dev.stanch.detectors.rule.Rule;
import dev.stanch.detectors.rule.RuleTables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Gathers candidates into findings: one per token, under its most specific rule, with all its
/// places. Not thread-safe.
final class Ledger {
  private final Map<TokenBytes, Entry> entries = new HashMap<>();
  private final @Nullable Searches searches;

  /// A ledger of what `detector` finds.
  Ledger(Detector detector) {
    this.searches = detector.searches();
  }

  private static final class Entry {
    Candidate best;
    final TreeMap<Place, @Nullable Excuse> places = new TreeMap<>();

    Entry(Candidate best) {
      this.best = best;
    }
  }

  /// Below this a place says that the candidate is none.
  private static final double RULED_OUT = 0.05;

  void add(Candidate found, Place place, @Nullable Excuse excuse) {
    if (searches != null && !searches.admits(found, place)) {
      return;
    }
    PathJudge.Judged judged = PathJudge.judge(found, innermost(place));
    if (judged.confidence() < RULED_OUT) {
      return;
    }
    ProviderId service = judged.service();
    Candidate candidate =
        (service == null ? found : found.of(service)).judged(judged.confidence(), judged.why());
    Entry entry = entries.computeIfAbsent(candidate.token(), _ -> new Entry(candidate));
    if (Overlaps.BETTER.compare(candidate, entry.best) < 0) {
      entry.best = candidate;
    }
    entry.places.putIfAbsent(place, excuse);
  }

  /// The path that says what kind of file a token stands in: that of the innermost archive member.
  private static String innermost(Place place) {
    String path = place.provenance().path();
    for (String way : place.via()) {
      int colon = way.indexOf(':');
      path = colon < 0 ? path : way.substring(colon + 1);
    }
    return path;
  }

  /// Number of tokens so far.
  int size() {
    return entries.size();
  }

  private static Finding marked(Finding finding, Rule rule, Entry entry) {
    var places = new ArrayList<Place>(entry.places.size());
    entry.places.forEach(
        (place, excuse) ->
            places.add(
                excuse == null
                    ? place
                    : excuse.covers(rule, place).map(place::suppressed).orElse(place)));
    return finding.at(places);
  }

  /// The findings, sorted by rule and first place.
  List<HeldFinding> findings(RuleTables tables, TokenKey key) {
    var findings = new ArrayList<HeldFinding>(entries.size());
    entries.forEach(
        (token, entry) -> {
          Rule rule = tables.rule(entry.best.rule());
          var finding =
              new Finding(
                  rule.id(),
                  rule.name(),
                  entry.best.provider(),
                  entry.best.evidence(),
                  token.idUnder(key),
                  token.redacted(entry.best.publicPrefix()),
                  entry.best.confidence(),
                  entry.best.why(),
                  rule.severity(),
                  rule.impact(),
                  entry.best.parts(),
                  List.copyOf(entry.places.keySet()),
                  Finding.Status.NEW);
          findings.add(new HeldFinding(marked(finding, rule, entry), token.toSecret()));
          token.wipe();
        });
    findings.sort(
        (one, other) -> {
          var first = one.finding();
          var second = other.finding();
          int order = first.places().getFirst().compareTo(second.places().getFirst());
          if (order == 0) {
            order = first.rule().compareTo(second.rule());
          }
          return order != 0 ? order : first.token().compareTo(second.token());
        });
    return findings;
  }
}
