package dev.stanch.detectors.model;

/// The right to read a [Secret] once. Only `revokers.run` and `--show-tokens` may make one; an
/// architecture test holds them to it.
public final class RevealPermit {
  private final String reason;

  private RevealPermit(String reason) {
    this.reason = reason;
  }

  /// A permit for the purpose named by `reason`, which appears in audit output and never holds
  /// token text.
  public static RevealPermit grant(String reason) {
    return new RevealPermit(reason);
  }

  /// Why the token is read.
  public String reason() {
    return reason;
  }

  @Override
  public String toString() {
    return "RevealPermit[" + reason + "]";
  }
}
