package dev.stanch.detectors.source.git;

import static java.util.Objects.requireNonNull;

/// A name for an object: the beginning of a walk through history.
///
/// @param name the full name (`refs/heads/main`, `HEAD`), or that of the file an id was found in
/// @param kind what the name means for the object
/// @param id the object id in hexadecimal digits, not peeled
public record Ref(String name, Kind kind, String id) {
  /// What a ref's presence says of its object.
  public enum Kind {
    /// `HEAD` of the work tree that is scanned.
    HEAD,
    /// A branch, tag, note, stash or any other name under `refs/`; `HEAD` of another work tree.
    REF,
    /// A place git notes for its own use or for undoing: reflogs, `FETCH_HEAD`, `ORIG_HEAD`. What
    /// only these hold is in the repository but at no tip.
    NOTED;

    /// Whether what this ref points to is a tip.
    public boolean tip() {
      return this != NOTED;
    }
  }

  public Ref {
    requireNonNull(name, "name");
    requireNonNull(kind, "kind");
    requireNonNull(id, "id");
  }
}
