package dev.stanch.revokers.sink;

import dev.stanch.detectors.http.Answer;
import dev.stanch.detectors.http.Outcome;
import dev.stanch.revokers.spi.AdminVariable;
import dev.stanch.revokers.spi.Sink.Activation;
import dev.stanch.revokers.spi.Sink.Delivery;
import dev.stanch.revokers.spi.Sink.State;
import java.time.Instant;

/// What the answers mean that a store gives besides those documented for a call: never that
/// something is there, was written or is in use.
public final class StoreAnswers {
  private StoreAnswers() {}

  /// Of a call that looks.
  ///
  /// @param with the credential that it was made with
  public static State unread(Outcome outcome, AdminVariable with) {
    return new State.Unclear(reason(outcome, with));
  }

  /// Of a call that writes.
  ///
  /// @param with the credential that it was made with
  public static Delivery unwritten(Outcome outcome, AdminVariable with) {
    return switch (outcome) {
      case Answer answer when limited(answer) ->
          new Delivery.Limited(answer.askAgainAt().orElse(null));
      case Answer answer
          when answer.status() >= 400 && answer.status() < 500 && answer.status() != 408 ->
          new Delivery.Refused(reason(answer, with));
      case Outcome.Deferred(Instant until, _) -> new Delivery.Limited(until);
      case Outcome.Refused(String reason) -> new Delivery.Refused(reason);
      case Answer _, Outcome.Unreachable _, Outcome.TimedOut _, Outcome.TooLarge _ ->
          new Delivery.Unclear(outcome.reason());
    };
  }

  /// Of a call that restarts something, or asks how that goes.
  ///
  /// @param with the credential that it was made with
  public static Activation inactive(Outcome outcome, AdminVariable with) {
    return new Activation.Unclear(reason(outcome, with));
  }

  /// What a call lacks that cannot be made.
  public static State lacking(AdminVariable variable) {
    return new State.Unclear("set " + variable.name() + ", which needs: " + variable.right());
  }

  /// GitHub answers 403 to whoever asks too often, and says when to ask again.
  private static boolean limited(Answer answer) {
    return answer.status() == 429 || answer.status() == 403 && answer.askAgainAt().isPresent();
  }

  private static String reason(Outcome outcome, AdminVariable with) {
    return switch (outcome) {
      case Answer answer when limited(answer) -> "rate limited";
      case Answer answer when answer.status() == 401 -> with.name() + " is refused";
      case Answer answer when answer.status() == 403 ->
          with.name() + " lacks the right: " + with.right();
      default -> outcome.reason();
    };
  }
}
