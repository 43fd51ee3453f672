package dev.stanch.cli.report;

import dev.stanch.detectors.model.Place;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/// Names for places that stay the same when another machine scans the same files: made of what the
/// report shows anyway, because token ids and fingerprints differ from key to key and a build
/// server has a new key each time. One for each report.
final class StableName {
  private final Map<String, Integer> seen = new HashMap<>();

  /// A name for `place` of `one`; equal ones of one report are counted.
  String of(ReportedFinding one, Place place) {
    String facts =
        String.join(
            "\0",
            one.finding().rule().value(),
            place.displayPath(),
            place.provenance().commitId().orElse(""),
            one.finding().redacted());
    int count = seen.merge(facts, 1, Integer::sum);
    return UUID.nameUUIDFromBytes((facts + "\0" + count).getBytes(StandardCharsets.UTF_8))
        .toString();
  }
}
