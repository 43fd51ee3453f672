package dev.stanch.detectors.scan;

import dev.stanch.detectors.model.Evidence;
import dev.stanch.detectors.model.Part;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;

/// Keeps one candidate where several stand on the same bytes: the most specific, then the more
/// confident, then the one nearer to its keyword, then the longer.
final class Overlaps {
  static final Comparator<Candidate> BETTER = Overlaps::compare;

  private static final Comparator<Hit> BY_START =
      (one, other) -> Long.compare(one.start(), other.start());

  private Overlaps() {}

  // Written out: chained comparators are put together anew in every process, which a hook feels.
  private static int compare(Candidate one, Candidate other) {
    // The name of its file may rule it out: it takes nobody else's place.
    int order = Boolean.compare(one.is(Candidate.LONE), other.is(Candidate.LONE));
    if (order == 0) {
      order = Boolean.compare(one.is(Candidate.UNVOUCHED), other.is(Candidate.UNVOUCHED));
    }
    if (order == 0) {
      order = Boolean.compare(one.is(Candidate.DOCUMENT), other.is(Candidate.DOCUMENT));
    }
    if (order == 0) {
      order =
          Boolean.compare(one.evidence() == Evidence.GENERIC, other.evidence() == Evidence.GENERIC);
    }
    if (order == 0) { // a rule that names the provider says more than one that knows only the form
      order = Boolean.compare(one.formOnly(), other.formOnly());
    }
    if (order == 0) {
      order = one.evidence().compareTo(other.evidence());
    }
    if (order == 0) {
      order = Boolean.compare(one.publicPrefix() == 0, other.publicPrefix() == 0);
    }
    if (order == 0) {
      order = Double.compare(other.confidence(), one.confidence());
    }
    if (order == 0) { // of two services whose names stand near a value, the nearer one is meant
      order = Integer.compare(distance(one), distance(other));
    }
    if (order == 0) {
      order = Integer.compare(other.length(), one.length());
    }
    if (order == 0) { // decoded, it is what its provider knows
      order = Integer.compare(other.via().size(), one.via().size());
    }
    return order != 0 ? order : Integer.compare(one.rule(), other.rule());
  }

  /// Bytes from the keyword's first to the value, or from the value's end to the keyword.
  private static int distance(Candidate candidate) {
    if (candidate.evidence() != Evidence.CONTEXT) {
      return 0;
    }
    int offset = candidate.offset();
    return offset >= 0 ? offset : -offset - candidate.length();
  }

  /// The candidates that stay, in order of place.
  static List<Hit> resolve(List<Hit> hits) {
    if (hits.size() < 2) {
      return hits;
    }
    var kept = new ArrayList<Hit>(hits.size());
    var placed = new ArrayList<Hit>(0);
    var sorted = new ArrayList<>(hits);
    sorted.sort(BY_START);
    for (Hit hit : sorted) {
      if (hit.candidate().is(Candidate.PLACED)) {
        placed.add(hit); // its place may rule it out: it takes nobody else's
        continue;
      }
      boolean loses = false;
      for (int i = kept.size() - 1; i >= 0 && !loses; i--) {
        Hit other = kept.get(i);
        if (other.end() <= hit.start() || hit.end() <= other.start()) {
          continue;
        }
        if (BETTER.compare(hit.candidate(), other.candidate()) < 0) {
          kept.remove(i);
        } else {
          loses = true;
        }
      }
      if (!loses) {
        kept.add(hit);
      }
    }
    withoutIdentifiers(kept);
    kept.addAll(placed);
    kept.sort(BY_START);
    return kept;
  }

  /// What one candidate shows as its identifier is not a secret, whatever its name promises.
  private static void withoutIdentifiers(List<Hit> hits) {
    var identifiers = new HashSet<TokenBytes>();
    for (Hit hit : hits) {
      for (Part part : hit.candidate().parts()) {
        if (part.name().equals("id")) {
          byte[] text = part.value().getBytes(StandardCharsets.ISO_8859_1);
          identifiers.add(TokenBytes.of(text, 0, text.length));
        }
      }
    }
    if (!identifiers.isEmpty()) {
      hits.removeIf(
          hit ->
              hit.candidate().evidence() == Evidence.GENERIC
                  && identifiers.contains(hit.candidate().token()));
    }
  }
}
