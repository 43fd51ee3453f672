package dev.stanch.detectors.baseline;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.Finding;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.Suppression;
import dev.stanch.detectors.source.RepositoryFingerprints;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Marks the places that somebody has spoken for. Deletes nothing. Not thread-safe.
public final class Suppressor {
  private final List<Judge> judges;
  private final RepositoryFingerprints repositories = new RepositoryFingerprints();

  /// Somebody who may have spoken for a place.
  public interface Judge {
    /// Why `place` of `held` does not count, where this one says so.
    ///
    /// @param path the place's path inside its repository, with the way in
    Optional<Suppression> judge(HeldFinding held, Place place, String path);
  }

  /// One that asks `judges` in their order; the first that speaks is named.
  public Suppressor(List<? extends Judge> judges) {
    this.judges = List.copyOf(judges);
  }

  /// The finding of `held` with what was said about each of its places. What stands on the line
  /// itself goes first.
  public Finding apply(HeldFinding held) {
    requireNonNull(held, "held");
    var places = new ArrayList<Place>();
    for (Place place : held.finding().places()) {
      places.add(place.suppression() == null ? judged(held, place) : place);
    }
    return held.finding().at(places);
  }

  private Place judged(HeldFinding held, Place place) {
    String path = repositories.path(place);
    for (Judge judge : judges) {
      Optional<Suppression> said = judge.judge(held, place, path);
      if (said.isPresent()) {
        return place.suppressed(said.get());
      }
    }
    return place;
  }

  /// The finding with its comments as ones that came with the change which brings the token.
  public static Finding withMarkersOfChange(Finding finding) {
    return finding.at(
        finding.places().stream()
            .map(
                place -> {
                  Suppression said = place.suppression();
                  return said != null && said.kind() == Suppression.Kind.MARKER
                      ? place.suppressed(said.withChange())
                      : place;
                })
            .toList());
  }

  /// The finding as if no comment stood beside its token.
  public static Finding withoutMarkers(Finding finding) {
    return finding.at(
        finding.places().stream()
            .map(
                place ->
                    place.suppression() != null
                            && place.suppression().kind() == Suppression.Kind.MARKER
                        ? place.suppressed(null)
                        : place)
            .toList());
  }

  /// The finding as if nobody had said anything.
  public static Finding bare(Finding finding) {
    var places = new ArrayList<Place>();
    for (Place place : finding.places()) {
      places.add(place.suppressed(null));
    }
    return finding.at(places);
  }
}
