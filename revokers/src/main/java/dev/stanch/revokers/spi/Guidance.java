package dev.stanch.revokers.spi;

import static java.util.Objects.requireNonNull;

import java.util.List;

/// What a person does where no API can.
///
/// @param link the page to open
/// @param steps what to click there, in order
/// @param who may do it: the token's owner, an administrator of the organisation…
public record Guidance(String link, List<String> steps, String who) {
  public Guidance {
    requireNonNull(link, "link");
    steps = List.copyOf(steps);
    requireNonNull(who, "who");
  }
}
