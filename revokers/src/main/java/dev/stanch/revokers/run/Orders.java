package dev.stanch.revokers.run;

import java.util.Set;

/// What a person decided about an incident that is under way, by the numbers of its steps.
///
/// @param released to be acted on although they were withheld
/// @param purged to be deleted, having only been switched off so far
/// @param activated whose new token is in use now, as a person says who saw to it
/// @param left not to be begun in this run, although they were agreed to
public record Orders(
    Set<Integer> released, Set<Integer> purged, Set<Integer> activated, Set<Integer> left) {
  /// Nothing but what was agreed to before.
  public static final Orders NONE = new Orders(Set.of(), Set.of());

  public Orders {
    released = Set.copyOf(released);
    purged = Set.copyOf(purged);
    activated = Set.copyOf(activated);
    left = Set.copyOf(left);
  }

  /// Orders that leave nothing.
  public Orders(Set<Integer> released, Set<Integer> purged) {
    this(released, purged, Set.of(), Set.of());
  }

  /// The same, where these are left.
  public Orders leaving(Set<Integer> numbers) {
    return new Orders(released, purged, activated, numbers);
  }
}
