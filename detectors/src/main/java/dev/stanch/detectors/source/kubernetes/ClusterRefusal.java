package dev.stanch.detectors.source.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.InterruptedIOException;

/// What a cluster did not answer. The message says why, in words for people.
public final class ClusterRefusal extends IOException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final boolean tooLarge;

  private ClusterRefusal(String message, int status, boolean tooLarge) {
    super(message);
    this.status = status;
    this.tooLarge = tooLarge;
  }

  /// What stands behind a failure of fabric8, whose own words may quote an answer.
  static ClusterRefusal of(KubernetesClientException failure) throws InterruptedException {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case InterruptedIOException _ -> throw new InterruptedException();
        case InterruptedException _ -> throw new InterruptedException();
        case ClusterHttp.Refusal refusal -> {
          return new ClusterRefusal(String.valueOf(refusal.getMessage()), 0, refusal.tooLarge());
        }
        default -> {}
      }
    }
    return failure.getCode() > 0
        ? new ClusterRefusal("answer " + failure.getCode(), failure.getCode(), false)
        : new ClusterRefusal("an answer that is no list of objects", 200, false);
  }

  static ClusterRefusal endless() {
    return new ClusterRefusal("a list without an end", 200, false);
  }

  static ClusterRefusal gone() {
    return new ClusterRefusal("no such object", 404, false);
  }

  boolean tooLarge() {
    return tooLarge;
  }

  /// Whether there is nobody to answer.
  boolean unanswered() {
    return status == 0 && !tooLarge;
  }

  /// The status of the answer; 0 where there was none.
  public int status() {
    return status;
  }

  /// Whether whoever asks has no right to.
  boolean forbidden() {
    return status == 403;
  }

  /// Whether there is no such kind, or no such object.
  boolean missing() {
    return status == 404;
  }

  /// Whether the login itself is refused.
  boolean badCredential() {
    return status == 401;
  }
}
