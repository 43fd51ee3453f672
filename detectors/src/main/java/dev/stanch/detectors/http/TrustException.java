package dev.stanch.detectors.http;

/// A file of trusted certificates that cannot be used.
public final class TrustException extends Exception {
  private static final long serialVersionUID = 1;

  private final String variable;

  TrustException(String variable, String why) {
    super(why);
    this.variable = variable;
  }

  /// The variable that names the file.
  public String variable() {
    return variable;
  }
}
