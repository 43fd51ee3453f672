package dev.stanch.revokers.advice;

import dev.stanch.revokers.spi.Advice;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A use of the token.
///
/// @param untold why nobody can name what it needs besides, or empty
/// @param permissions what it needs, by the names of the provider
/// @param on the resource, or empty
/// @param told whether the resource is known, where there must be one
/// @param by the rule that found it; null for what a workflow declares
/// @param owner whose it is, where that is known without a resource; empty where it is not
record Found(
    String untold,
    List<String> permissions,
    String on,
    Told told,
    Advice.Use use,
    Book.@Nullable Rule by,
    String owner) {
  /// What is known of a resource.
  enum Told {
    /// It is this one, or the permission has none.
    YES,
    /// It is the repository that the code runs in.
    OWN,
    /// Nobody can tell.
    NO
  }

  /// Whether it is what makes a client, not what the client does.
  boolean isMaker() {
    return by != null && by.maker();
  }

  /// Whether it says of a client what making it says.
  boolean tells(Found maker) {
    return !isMaker()
        && told != Told.NO
        && permissions.equals(maker.permissions())
        && (maker.told() == Told.NO || on.equals(maker.on()));
  }

  /// Uses of which nobody can tell whether they are this token's.
  static Set<Found> untied(Set<Found> uses) {
    var untied = new LinkedHashSet<Found>();
    for (Found each : uses) {
      untied.add(
          new Found(
              "whether this token is the one that is used here",
              List.of(),
              "",
              Told.YES,
              each.use(),
              null,
              ""));
    }
    return untied;
  }
}
