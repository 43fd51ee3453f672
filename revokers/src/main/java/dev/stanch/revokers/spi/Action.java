package dev.stanch.revokers.spi;

import java.util.Locale;

/// What can be done to a key.
public enum Action {
  /// Switch it off; [#ENABLE] brings it back.
  DISABLE,
  /// Switch it on again.
  ENABLE,
  /// End it for good.
  REVOKE,
  /// Take from it what it reaches in the operator's organization, for good: it lives on elsewhere.
  WITHDRAW;

  /// The name in plans and journals.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The action of a label.
  public static Action of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
