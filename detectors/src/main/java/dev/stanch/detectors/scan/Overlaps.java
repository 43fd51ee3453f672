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
  static final Comparator<Candidate> BETTER =
      Comparator.comparing((Candidate candidate) -> candidate.is(Candidate.DOCUMENT))
          .thenComparing(candidate -> candidate.evidence() == Evidence.GENERIC)
          // A rule that names the provider says more than one that knows only the form.
          .thenComparing(Candidate::formOnly)
          .thenComparing(Candidate::evidence)
          .thenComparing(candidate -> candidate.publicPrefix() == 0)
          .thenComparing(Comparator.comparingDouble(Candidate::confidence).reversed())
          // Of two services whose names stand near a value, the nearer one is meant.
          .thenComparingInt(Overlaps::distance)
          .thenComparing(Comparator.comparingInt(Candidate::length).reversed())
          .thenComparingInt(Candidate::rule);

  private Overlaps() {}

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
    var sorted = new ArrayList<>(hits);
    sorted.sort(Comparator.comparingLong(Hit::start));
    for (Hit hit : sorted) {
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
    kept.sort(Comparator.comparingLong(Hit::start));
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
