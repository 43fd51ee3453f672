package dev.stanch.revokers.spi;

import static java.util.Objects.requireNonNull;

/// How a call that changes something ended. None of them is proof: a probe afterwards is.
public sealed interface ActionResult {
  /// The provider took it.
  record Accepted() implements ActionResult {}

  /// The provider refused it; nothing changed.
  record Refused(String reason) implements ActionResult {
    public Refused {
      requireNonNull(reason, "reason");
    }
  }

  /// No answer, or one that says nothing: it may or may not have happened.
  record Unclear(String reason) implements ActionResult {
    public Unclear {
      requireNonNull(reason, "reason");
    }
  }
}
