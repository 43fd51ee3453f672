package dev.stanch.detectors.model;

import static java.util.Objects.requireNonNull;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
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

  /// The name of this token under a key that is public: see [TokenKey#slowIdOf].
  public TokenId slowIdUnder(TokenKey key) {
    return key.slowIdOf(bytes, 0, bytes.length);
  }

  /// How many guesses the token is worth, in bits, estimated from below: see [TokenStrength].
  public double strength() {
    return TokenStrength.bits(bytes);
  }

  /// Whether `hash` is the SHA-1 of this token, in hexadecimal.
  public boolean hasSha1(String hash) {
    try {
      byte[] own = MessageDigest.getInstance("SHA-1").digest(bytes);
      return HexFormat.of().formatHex(own).equalsIgnoreCase(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
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
