package dev.stanch.cli;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Something the user can put right, with the exit code it ends the run with. The message is lower
/// case, has no full stop and never quotes what was scanned.
public final class UserFault extends Exception {
  private static final long serialVersionUID = 1L;

  private final ExitCode code;
  private final @Nullable String hint;

  private UserFault(ExitCode code, String message, @Nullable String hint) {
    super(requireNonNull(message, "message"));
    this.code = requireNonNull(code, "code");
    this.hint = hint;
  }

  /// A fault that explains itself.
  public static UserFault of(ExitCode code, String message) {
    return new UserFault(code, message, null);
  }

  /// A fault with the next thing to do; an empty hint is none.
  public static UserFault of(ExitCode code, String message, String hint) {
    return new UserFault(code, message, hint.isEmpty() ? null : hint);
  }

  ExitCode code() {
    return code;
  }

  /// The next thing to do, where there is one.
  public Optional<String> hint() {
    return Optional.ofNullable(hint);
  }
}
