package dev.stanch.revokers.journal;

/// The journal cannot be read or written. Whoever gets it makes no more calls.
public final class JournalException extends Exception {
  private static final long serialVersionUID = 1;

  JournalException(String message) {
    super(message);
  }

  JournalException(String message, Throwable cause) {
    super(message, cause);
  }
}
