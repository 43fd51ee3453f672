package dev.stanch.revokers.journal;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The journal cannot be read or written. Whoever gets it makes no more calls.
public final class JournalException extends Exception {
  private static final long serialVersionUID = 1;

  /// What to do next.
  private final @Nullable String hint;

  JournalException(String message) {
    super(message);
    this.hint = null;
  }

  JournalException(String message, Throwable cause) {
    super(message, cause);
    this.hint = null;
  }

  JournalException(String message, String hint, @Nullable Throwable cause) {
    super(message, cause);
    this.hint = hint;
  }

  /// What to do next, where that is known.
  public Optional<String> hint() {
    return Optional.ofNullable(hint);
  }
}
