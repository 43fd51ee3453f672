package dev.stanch.detectors.http;

/// A variable of the environment that names a proxy or certificates we cannot use. Going on without
/// them would take another way than the user meant. The message never repeats the value: proxies
/// have passwords.
public final class TransportException extends Exception {
  private static final long serialVersionUID = 1;

  private final String variable;

  TransportException(String variable, String why) {
    super(variable + ": " + why);
    this.variable = variable;
  }

  /// The variable.
  public String variable() {
    return variable;
  }
}
