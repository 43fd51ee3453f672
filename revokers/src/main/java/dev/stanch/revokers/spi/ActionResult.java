package dev.stanch.revokers.spi;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.http.Answer;
import dev.stanch.detectors.http.Outcome;
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

  /// What an outcome means that the provider does not document for the call: never that it was
  /// done. For whatever is left after the documented answers.
  static ActionResult undocumented(Outcome outcome) {
    return switch (outcome) {
      case Answer answer when answer.status() == 429 ->
          new Limited(answer.askAgainAt().orElse(null));
      case Outcome.Deferred(Instant until, _) -> new Limited(until);
      case Outcome.Refused(String reason) -> new Refused(reason);
      case Answer _, Outcome.Unreachable _, Outcome.TimedOut _, Outcome.TooLarge _ ->
          new Unclear(outcome.reason());
    };
  }
}
