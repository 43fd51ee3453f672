package dev.stanch.revokers.provider.plain;

/// The provider did not answer as it documents.
final class UnclearException extends Exception {
  private static final long serialVersionUID = 1;

  UnclearException(String reason) {
    super(reason);
  }
}
