package dev.stanch.detectors.scan;

import dev.stanch.detectors.model.Redaction;
import dev.stanch.detectors.model.Secret;
import dev.stanch.detectors.model.TokenId;
import dev.stanch.detectors.model.TokenKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The bytes of a token while a scan runs: equal bytes are one token. Never printed; becomes a
/// [Secret] when the scan ends.
final class TokenBytes {
  private final byte[] bytes;
  private final int hash;

  private TokenBytes(byte[] bytes) {
    this.bytes = bytes;
    this.hash = Arrays.hashCode(bytes);
  }

  static TokenBytes of(byte[] text, int from, int to) {
    return new TokenBytes(Arrays.copyOfRange(text, from, to));
  }

  /// The token as text, for those who judge it.
  String utf8() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  int length() {
    return bytes.length;
  }

  TokenId idUnder(TokenKey key) {
    return key.idOf(bytes, 0, bytes.length);
  }

  Secret toSecret() {
    return new Secret(bytes);
  }

  String redacted(int publicPrefix) {
    return Redaction.of(bytes, 0, bytes.length, publicPrefix);
  }

  void wipe() {
    Arrays.fill(bytes, (byte) 0);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TokenBytes that
        && hash == that.hash
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return "TokenBytes[" + bytes.length + "]";
  }
}
