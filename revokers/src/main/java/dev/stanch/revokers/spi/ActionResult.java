package dev.stanch.revokers.spi;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How a call that changes something ended. None of them is proof: a probe afterwards is.
public sealed interface ActionResult {
  /// The provider took it.
  record Accepted() implements ActionResult {}

  /// It was so already: another call, another person or the provider itself was faster.
  record AlreadyDone(String detail) implements ActionResult {
    public AlreadyDone {
      requireNonNull(detail, "detail");
    }
  }

  /// The provider refused it; nothing changed.
  record Refused(String reason) implements ActionResult {
    public Refused {
      requireNonNull(reason, "reason");
    }
  }

  /// The provider takes no more calls for now; nothing changed.
  ///
  /// @param until when to ask again, where told
  record Limited(@Nullable Instant until) implements ActionResult {}

  /// No answer, or one that says nothing: it may or may not have happened.
  record Unclear(String reason) implements ActionResult {
    public Unclear {
      requireNonNull(reason, "reason");
    }
  }
}
