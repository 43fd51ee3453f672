package dev.stanch.detectors.source.github;

import dev.stanch.detectors.http.Answer;
import dev.stanch.detectors.http.Outcome;
import java.io.IOException;

/// What GitHub did not answer. The message says why, in words for people.
final class GitHubRefusal extends IOException {
  private static final long serialVersionUID = 1;

  private static final int UNCLEAR = -1;

  private final int status;

  private GitHubRefusal(String message, int status) {
    super(message);
    this.status = status;
  }

  static GitHubRefusal of(Outcome outcome) {
    return new GitHubRefusal(
        outcome.reason(), outcome instanceof Answer answer ? answer.status() : 0);
  }

  static GitHubRefusal of(int status) {
    return new GitHubRefusal("answer " + status, status);
  }

  static GitHubRefusal notUnderstood(String what) {
    return new GitHubRefusal("an answer that is no " + what, 200);
  }

  /// What a person has to say first.
  static GitHubRefusal unclear(String why) {
    return new GitHubRefusal(why, UNCLEAR);
  }

  /// Something that lies at a host which is not GitHub's.
  static GitHubRefusal elsewhere(String host) {
    return new GitHubRefusal(
        "it lies at " + host + ", which is not in allowed-hosts of the configuration", 302);
  }

  /// Whether it is hidden from whoever asks, or switched off.
  boolean hidden() {
    return status == 403 || status == 404 || status == 410;
  }

  /// What to do where neither the credential nor a name is to blame.
  String remedy() {
    return status == 0
        ? "check the network (https_proxy names its proxy), and try again"
        : "try again";
  }

  boolean missing() {
    return status == 404;
  }

  /// Whether a person has to say something first.
  boolean isUnclear() {
    return status == UNCLEAR;
  }

  /// Whether the credential itself is refused.
  boolean badCredential() {
    return status == 401;
  }
}
