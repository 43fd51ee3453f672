package dev.stanch.detectors.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One occurrence of a token: where its text comes from, where in it, and the way in
/// (`zip:config.json`, `base64`) when it stood in an encoding or an archive. With a way in, the
/// location is that of the encoded run or 1:1 for an archive member.
///
/// @param suppression why it does not count, or null where nobody said so; no part of the order
public record Place(
    Provenance provenance, Location location, List<String> via, @Nullable Suppression suppression)
    implements Comparable<Place> {
  public Place {
    requireNonNull(provenance, "provenance");
    requireNonNull(location, "location");
    via = List.copyOf(via);
  }

  /// A place that nobody suppressed.
  public Place(Provenance provenance, Location location, List<String> via) {
    this(provenance, location, via, null);
  }

  /// The same place, suppressed, or not any more.
  public Place suppressed(@Nullable Suppression why) {
    return new Place(provenance, location, via, why);
  }

  /// The path as people read it: the path and the way in, joined by `!`.
  public String displayPath() {
    return via.isEmpty() ? provenance.path() : provenance.path() + "!" + String.join("!", via);
  }

  @Override
  public int compareTo(Place other) {
    // Written out: chained comparators are put together anew in every process, which a hook feels.
    int order = provenance.kind().compareTo(other.provenance.kind());
    if (order == 0) {
      order = provenance.container().compareTo(other.provenance.container());
    }
    if (order == 0) {
      order = provenance.path().compareTo(other.provenance.path());
    }
    if (order == 0) {
      order = provenance.commitId().orElse("").compareTo(other.provenance.commitId().orElse(""));
    }
    if (order == 0) {
      order = String.join("!", via).compareTo(String.join("!", other.via));
    }
    return order != 0 ? order : location.compareTo(other.location);
  }
}
