package dev.stanch.detectors.model;

import static java.util.Objects.requireNonNull;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.Function;

/// The raw bytes of a token. Reading them needs a [RevealPermit], so one search for that name lists
/// every reader.
///
/// Thread-safe until closed; closing wipes the bytes. Deliberately without `equals` and `hashCode`.
public final class Secret implements AutoCloseable {
  private final byte[] bytes;

  /// Copies `bytes`: the caller's array stays the caller's to wipe.
  public Secret(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  /// Hands a copy of the bytes to `use` and wipes the copy afterwards.
  public <T> T reveal(RevealPermit permit, Function<byte[], T> use) {
    requireNonNull(permit, "permit");
    byte[] copy = bytes.clone();
    try {
      return use.apply(copy);
    } finally {
      Arrays.fill(copy, (byte) 0);
    }
  }

  /// Compares in constant time.
  public boolean sameAs(Secret other) {
    return MessageDigest.isEqual(bytes, other.bytes);
  }

  /// The keyed name of this token; reveals nothing.
  public TokenId idUnder(TokenKey key) {
    return key.idOf(bytes, 0, bytes.length);
  }

  /// Length in bytes.
  public int length() {
    return bytes.length;
  }

  @Override
  public String toString() {
    return "Secret[" + bytes.length + " bytes]";
  }

  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
  }
}
