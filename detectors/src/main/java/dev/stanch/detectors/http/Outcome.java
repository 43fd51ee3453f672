package dev.stanch.detectors.http;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/// What became of a request. Whatever a network or a server does ends in one of these; none of them
/// holds anything of the request.
public sealed interface Outcome
    permits Answer,
        Outcome.Unreachable,
        Outcome.TimedOut,
        Outcome.TooLarge,
        Outcome.Refused,
        Outcome.Deferred {
  /// What happened, in words for people.
  String reason();

  /// Whether the same request may go better later.
  boolean retryable();

  /// Whether the provider may have seen the request, and acted on it.
  boolean sent();

  /// No answer: the connection could not be made, or broke.
  ///
  /// @param sent false only where it is certain that nothing of the request left
  record Unreachable(Cause cause, boolean sent) implements Outcome {
    public Unreachable {
      requireNonNull(cause, "cause");
    }

    /// What stood in the way.
    public enum Cause {
      /// The name of the host could not be resolved.
      UNKNOWN_HOST("the host's name is not known", true),
      /// Nobody took the connection.
      NO_CONNECTION("no connection", true),
      /// The other side could not prove to be the host.
      TLS("no trusted TLS connection", false),
      /// The proxy did not let the connection through.
      PROXY("the proxy refused the connection", false),
      /// The connection was closed or reset before the answer was whole.
      BROKEN("the connection broke before the answer was whole", true),
      /// What came back is not HTTP, or its headers are without bounds.
      NOT_HTTP("an answer that is not proper HTTP", false);

      private final String words;
      private final boolean retryable;

      Cause(String words, boolean retryable) {
        this.words = words;
        this.retryable = retryable;
      }
    }

    @Override
    public String reason() {
      return cause.words;
    }

    @Override
    public boolean retryable() {
      return cause.retryable;
    }
  }

  /// No whole answer, headers and body, in the time given.
  ///
  /// @param sent false where even the connection was not made
  record TimedOut(boolean sent) implements Outcome {
    @Override
    public String reason() {
      return sent ? "no whole answer in time" : "no connection in time";
    }

    @Override
    public boolean retryable() {
      return true;
    }
  }

  /// An answer larger than anything the provider documents; its body was thrown away.
  record TooLarge(int status) implements Outcome {
    @Override
    public String reason() {
      return "answer " + status + " with a body that is too large";
    }

    @Override
    public boolean retryable() {
      return false;
    }

    @Override
    public boolean sent() {
      return true;
    }
  }

  /// Not sent, because a rule of ours forbids it.
  ///
  /// @param reason what and why; holds a host at the most
  record Refused(String reason) implements Outcome {
    public Refused {
      requireNonNull(reason, "reason");
    }

    @Override
    public boolean retryable() {
      return false;
    }

    @Override
    public boolean sent() {
      return false;
    }
  }

  /// The provider wants no request before `until`, which is further away than a call may wait.
  ///
  /// @param until by our clock
  /// @param sent false when this request was held back; true when the provider refused it with a
  ///   429 or 503 of its own
  record Deferred(Instant until, boolean sent) implements Outcome {
    public Deferred {
      requireNonNull(until, "until");
    }

    @Override
    public String reason() {
      return "rate limited until " + until;
    }

    @Override
    public boolean retryable() {
      return true;
    }
  }
}
