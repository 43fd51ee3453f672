package dev.stanch.detectors.source.git;

import static java.util.Objects.requireNonNull;

/// Something that should have been read and was not.
///
/// @param kind what went wrong
/// @param subject the object id, ref or file it went wrong with
/// @param detail one sentence for a person, without any content of the repository's files
public record Problem(Kind kind, String subject, String detail) {
  /// The kinds of trouble, so that a report can group them.
  public enum Kind {
    /// A file or folder could not be opened or read.
    UNREADABLE,
    /// A file or object is not what its format says it must be.
    CORRUPT,
    /// An object is referred to and is nowhere in the repository.
    MISSING,
    /// A size is beyond what the scan takes on.
    TOO_LARGE,
    /// A feature of git that this reader does not know.
    UNSUPPORTED
  }

  public Problem {
    requireNonNull(kind, "kind");
    requireNonNull(subject, "subject");
    requireNonNull(detail, "detail");
  }
}
