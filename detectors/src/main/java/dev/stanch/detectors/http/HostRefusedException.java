package dev.stanch.detectors.http;

import java.io.IOException;

/// A call to a host that this client was not made for; nothing was sent.
public final class HostRefusedException extends IOException {
  private static final long serialVersionUID = 1;

  HostRefusedException(String origin) {
    super("not a host of this provider: " + origin);
  }
}
