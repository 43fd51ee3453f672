package dev.stanch.detectors.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An RSA private key as it stands in files: PEM of PKCS #8 or PKCS #1, or PEM within JSON, where
/// its line ends are `\n` in letters.
public final class RsaKey {
  private static final Pattern PEM =
      Pattern.compile(
          "-----BEGIN (RSA )?PRIVATE KEY-----([A-Za-z0-9+/=\\\\nr\\s]+)"
              + "-----END (?:RSA )?PRIVATE KEY-----");

  /// What stands before the number of bytes of a PKCS #1 key in PKCS #8: version 0, and RSA.
  private static final byte[] RSA = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

  private final PrivateKey key;

  private RsaKey(PrivateKey key) {
    this.key = key;
  }

  /// The key in a text; empty where it holds none.
  public static Optional<RsaKey> parse(String text) {
    Matcher pem = PEM.matcher(text);
    if (!pem.find()) {
      return Optional.empty();
    }
    String base64 = pem.group(2).replaceAll("\\\\+[nr]|\\s", "");
    try {
      byte[] der = Base64.getDecoder().decode(base64);
      var encoded = new PKCS8EncodedKeySpec(pem.group(1) == null ? der : wrapped(der));
      return Optional.of(new RsaKey(KeyFactory.getInstance("RSA").generatePrivate(encoded)));
    } catch (GeneralSecurityException | IllegalArgumentException _) { // messages may quote the key
      return Optional.empty();
    }
  }

  /// PKCS #1 within PKCS #8, as DER.
  private static byte[] wrapped(byte[] key) {
    byte[] body = joined(RSA, joined(head(0x04, key.length), key));
    return joined(head(0x30, body.length), body);
  }

  private static byte[] head(int tag, int length) {
    return new byte[] {
      (byte) tag, (byte) 0x83, (byte) (length >>> 16), (byte) (length >>> 8), (byte) length
    };
  }

  private static byte[] joined(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  /// The signature RSASSA-PKCS1-v1_5 with SHA-256.
  public byte[] sign(String text) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(text.getBytes(UTF_8));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK signs with RSA", e);
    }
  }

  @Override
  public String toString() {
    return "RsaKey";
  }
}
