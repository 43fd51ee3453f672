package dev.stanch.revokers.plan;

/// A text that is no plan. The message says why and quotes nothing.
public final class PlanException extends Exception {
  private static final long serialVersionUID = 1;

  PlanException(String message) {
    super(message);
  }
}
