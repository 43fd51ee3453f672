package dev.stanch.revokers.spi;

/// What can be done to a key.
public enum Action {
  /// Switch it off; [#ENABLE] brings it back.
  DISABLE,
  /// Switch it on again.
  ENABLE,
  /// End it for good.
  REVOKE
}
