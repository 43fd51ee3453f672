package dev.stanch.detectors.model;

import static java.util.Objects.requireNonNull;

/// A finding with its token still in hand, in memory only. Closing wipes the token.
public record HeldFinding(Finding finding, Secret secret) implements AutoCloseable {
  public HeldFinding {
    requireNonNull(finding, "finding");
    requireNonNull(secret, "secret");
  }

  @Override
  public void close() {
    secret.close();
  }
}
