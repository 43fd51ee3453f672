package dev.stanch.detectors.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// A secret that something hosted holds and shows to nobody: its name and age are known, its value
/// is not. No finding, since nobody can tell what it is.
///
/// @param kind what holds it, such as `space-secret`
/// @param container what the source reads it from again
/// @param setAt when its value was last set, where that is told
/// @param exposed why it has to be replaced whatever it is; empty where nothing says so
public record InventoryEntry(
    String kind, String container, String name, @Nullable Instant setAt, String exposed)
    implements Comparable<InventoryEntry> {
  private static final Comparator<InventoryEntry> ORDER =
      Comparator.comparing(InventoryEntry::container)
          .thenComparing(InventoryEntry::kind)
          .thenComparing(InventoryEntry::name);

  public InventoryEntry {
    requireNonNull(kind, "kind");
    requireNonNull(container, "container");
    requireNonNull(name, "name");
    requireNonNull(exposed, "exposed");
  }

  /// Whether it has to be replaced.
  public boolean toReplace() {
    return !exposed.isEmpty();
  }

  /// The same after a breach: what was set before it is known to others. An age that nobody tells
  /// counts as too old.
  public InventoryEntry afterBreach(Instant breach) {
    if (toReplace() || setAt != null && !setAt.isBefore(breach)) {
      return this;
    }
    String set = setAt == null ? "set nobody knows when" : "set on " + day(setAt);
    return new InventoryEntry(
        kind, container, name, setAt, set + ", the breach was on " + day(breach));
  }

  private static String day(Instant instant) {
    return instant.atZone(ZoneOffset.UTC).toLocalDate().toString();
  }

  @Override
  public int compareTo(InventoryEntry other) {
    return ORDER.compare(this, other);
  }
}
