package dev.stanch.detectors.source.git;

/// A file or object is not what its format says it must be; the message says what, without its
/// content.
final class CorruptException extends Exception {
  private static final long serialVersionUID = 1L;

  CorruptException(String message) {
    // No stack trace: hostile packs throw one per object.
    super(message, null, false, false);
  }
}
