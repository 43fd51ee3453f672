package dev.stanch.detectors.source;

/// A source that cannot be read at all: not there, not a repository, refused. The message says
/// what; `hint` what to do.
public final class SourceException extends Exception {
  private static final long serialVersionUID = 1;

  private final String hint;

  /// A failure with its remedy; the hint may be empty.
  public SourceException(String message, String hint) {
    super(message);
    this.hint = hint;
  }

  /// The same, with its cause.
  public SourceException(String message, String hint, Throwable cause) {
    super(message, cause);
    this.hint = hint;
  }

  /// What to do about it; may be empty.
  public String hint() {
    return hint;
  }
}
