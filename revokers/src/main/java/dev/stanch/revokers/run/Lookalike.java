package dev.stanch.revokers.run;

import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.detectors.model.Secret;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// A made-up token of the same shape as a found one: the same prefix, each other letter and digit
/// another one of its kind.
final class Lookalike {
  private static final int LONGEST = 512;
  private static final int PREFIX = 12;

  private Lookalike() {}

  /// The made-up token, to be closed; empty where the found one is no plain token.
  static Optional<HeldFinding> of(HeldFinding token, RevealPermit permit, RandomGenerator random) {
    return token
        .secret()
        .reveal(permit, bytes -> shuffled(bytes, random))
        .map(bytes -> new HeldFinding(token.finding(), new Secret(bytes)));
  }

  private static Optional<byte[]> shuffled(byte[] bytes, RandomGenerator random) {
    if (bytes.length > LONGEST || bytes.length < PREFIX) {
      return Optional.empty();
    }
    boolean hex = true;
    for (byte b : bytes) {
      if (b <= ' ' || b > '~') {
        return Optional.empty();
      }
      hex &= Character.digit(b, 16) >= 0;
    }
    byte[] other = bytes.clone();
    int changed = 0;
    for (int i = prefix(bytes); i < other.length; i++) {
      other[i] = like(other[i], hex, random);
      changed++;
    }
    return changed < PREFIX ? Optional.empty() : Optional.of(other);
  }

  /// The prefix ends with the last separator near the beginning.
  private static int prefix(byte[] bytes) {
    int end = 0;
    for (int i = 0; i < Math.min(PREFIX, bytes.length); i++) {
      if (bytes[i] == '_' || bytes[i] == '-' || bytes[i] == '.') {
        end = i + 1;
      }
    }
    return end;
  }

  private static byte like(byte b, boolean hex, RandomGenerator random) {
    if (hex && b >= 'a' && b <= 'f') {
      return (byte) ('a' + random.nextInt(6));
    }
    if (hex && b >= 'A' && b <= 'F') {
      return (byte) ('A' + random.nextInt(6));
    }
    if (b >= 'a' && b <= 'z') {
      return (byte) ('a' + random.nextInt(26));
    }
    if (b >= 'A' && b <= 'Z') {
      return (byte) ('A' + random.nextInt(26));
    }
    return b >= '0' && b <= '9' ? (byte) ('0' + random.nextInt(10)) : b;
  }
}
