package dev.stanch.detectors.source.space;

import dev.stanch.detectors.http.Answer;
import dev.stanch.detectors.http.Outcome;
import java.io.IOException;

/// What the Hub did not answer. The message says why, in words for people.
final class HubRefusal extends IOException {
  private static final long serialVersionUID = 1;
  private static final int LONGEST_MESSAGE = 200;

  private final int status;
  private final String said;

  private HubRefusal(String message, int status, String said) {
    super(message);
    this.status = status;
    this.said = said;
  }

  static HubRefusal of(Outcome outcome) {
    int status = outcome instanceof Answer answer ? answer.status() : 0;
    String said =
        outcome instanceof Answer answer
            ? answer.header("x-error-message").map(HubRefusal::printable).orElse("")
            : "";
    return new HubRefusal(outcome.reason() + (said.isEmpty() ? "" : ": " + said), status, said);
  }

  static HubRefusal notUnderstood(String what) {
    return new HubRefusal("an answer that is no " + what, 200, "");
  }

  private static String printable(String said) {
    String text = said.replaceAll("\\p{Cntrl}+", " ");
    return text.length() > LONGEST_MESSAGE ? text.substring(0, LONGEST_MESSAGE) : text;
  }

  /// What to do where neither the credential nor a name is to blame.
  String remedy() {
    return status == 0
        ? "check the network (https_proxy names its proxy), and try again"
        : "try again";
  }

  /// Whether it is not there, or hidden from whoever asks.
  boolean missing() {
    return status == 404;
  }

  /// Whether another credential would be answered.
  boolean forbidden() {
    return status == 401 || status == 403;
  }

  /// Whether the credential itself is refused. Any other 401 stands for what is hidden.
  boolean badCredential() {
    String words = said.toLowerCase(java.util.Locale.ROOT);
    return status == 401 && (words.contains("invalid credentials") || words.contains("expired"));
  }
}
