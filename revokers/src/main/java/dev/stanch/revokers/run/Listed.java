package dev.stanch.revokers.run;

import dev.stanch.detectors.model.InventoryEntry;
import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.Provenance;
import dev.stanch.revokers.plan.Planner;
import dev.stanch.revokers.plan.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Secrets that nobody shows, as they were listed again: whether a person replaced them.
///
/// @param entries what was listed
/// @param whole the containers of which everything was
public record Listed(List<InventoryEntry> entries, Set<String> whole) {
  /// Nothing was.
  public static final Listed NONE = new Listed(List.of(), Set.of());

  public Listed {
    entries = List.copyOf(entries);
    whole = Set.copyOf(whole);
  }

  /// Whether a step is about such a secret.
  public static boolean isOf(Subject planned) {
    return place(planned).isPresent();
  }

  private static Optional<Provenance> place(Subject planned) {
    return planned.places().stream()
        .map(Place::provenance)
        .filter(from -> planned.redacted().equals(Planner.unshown(from.container(), from.path())))
        .findFirst();
  }

  /// What became of the secret of a step; empty where it is as it was, or where nobody can tell.
  Optional<String> change(Subject planned) {
    Provenance place = place(planned).orElse(null);
    if (place == null) {
      return Optional.empty();
    }
    Optional<InventoryEntry> now =
        entries.stream()
            .filter(entry -> entry.kind().equals(planned.rule()))
            .filter(entry -> entry.container().equals(place.container()))
            .filter(entry -> entry.name().equals(place.path()))
            .findFirst();
    if (now.isEmpty()) {
      return whole.contains(place.container())
          ? Optional.of("it is set no more; whether what it held is ended nobody can tell")
          : Optional.empty();
    }
    Instant before = planned.identity().createdAt();
    Instant set = now.get().setAt();
    return before == null || set == null || !set.isAfter(before) || now.get().toReplace()
        ? Optional.empty()
        : Optional.of("set anew " + set + "; whether what it held is ended nobody can tell");
  }
}
