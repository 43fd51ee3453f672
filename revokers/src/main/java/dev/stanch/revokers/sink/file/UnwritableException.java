package dev.stanch.revokers.sink.file;

/// A file, or a place in one, that no value is written to. Says why, in words for people, and
/// quotes nothing of the file.
class UnwritableException extends Exception {
  private static final long serialVersionUID = 1;

  UnwritableException(String reason) {
    super(reason);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
