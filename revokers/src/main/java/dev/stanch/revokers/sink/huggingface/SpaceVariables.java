package dev.stanch.revokers.sink.huggingface;

import dev.stanch.detectors.http.Time;
import dev.stanch.revokers.spi.Sink;
import dev.stanch.revokers.spi.SinkAddress;

/// Variables of Spaces, which whoever sees the Space can read.
public final class SpaceVariables extends SpaceSetting {
  /// The kind; found by `ServiceLoader`.
  public SpaceVariables() {
    this(Time.system());
  }

  SpaceVariables(Time time) {
    super("variable", time);
  }

  @Override
  Sink open(SinkAddress address, Space space, String name) {
    return new SpaceSink(address, space, "variables", name);
  }
}
