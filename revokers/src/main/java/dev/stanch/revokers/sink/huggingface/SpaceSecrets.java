package dev.stanch.revokers.sink.huggingface;

import dev.stanch.detectors.http.Time;
import dev.stanch.revokers.spi.Sink;
import dev.stanch.revokers.spi.SinkAddress;

/// Secrets of Spaces: nobody reads them back, and the Hub says when they were written.
public final class SpaceSecrets extends SpaceSetting {
  /// The kind; found by `ServiceLoader`.
  public SpaceSecrets() {
    this(Time.system());
  }

  SpaceSecrets(Time time) {
    super("secret", time);
  }

  @Override
  Sink open(SinkAddress address, Space space, String name) {
    return new SpaceSink(address, space, "secrets", name);
  }
}
