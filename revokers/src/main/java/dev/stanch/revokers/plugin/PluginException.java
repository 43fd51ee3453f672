package dev.stanch.revokers.plugin;

import static java.util.Objects.requireNonNull;

/// A plugin that is not loaded. Its message says which one and why, its hint what to do.
public final class PluginException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Fault fault;
  private final String hint;

  /// What is wrong.
  public enum Fault {
    /// Nobody vouches for it, or others could have written it.
    NOT_TRUSTED,
    /// It cannot work as it is.
    BROKEN
  }

  private PluginException(Fault fault, String message, String hint) {
    super(requireNonNull(message, "message"));
    this.fault = fault;
    this.hint = requireNonNull(hint, "hint");
  }

  static PluginException notTrusted(String message, String hint) {
    return new PluginException(Fault.NOT_TRUSTED, message, hint);
  }

  static PluginException broken(String message, String hint) {
    return new PluginException(Fault.BROKEN, message, hint);
  }

  /// What is wrong.
  public Fault fault() {
    return fault;
  }

  /// What to do about it.
  public String hint() {
    return hint;
  }
}
