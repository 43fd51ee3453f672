package dev.stanch.revokers.provider.plain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An RSA private key as it stands in files: PEM, or PEM within JSON, where its line ends are `\n`
/// in letters.
final class RsaKey {
  private static final Pattern PEM =
      Pattern.compile(
          "-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\\\nr\\s]+)-----END PRIVATE KEY-----");

  private final PrivateKey key;

  private RsaKey(PrivateKey key) {
    this.key = key;
  }

  /// The key in a text; empty where it holds none.
  static Optional<RsaKey> parse(String text) {
    Matcher pem = PEM.matcher(text);
    if (!pem.find()) {
      return Optional.empty();
    }
    String base64 = pem.group(1).replaceAll("\\\\+[nr]|\\s", "");
    try {
      var encoded = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64));
      return Optional.of(new RsaKey(KeyFactory.getInstance("RSA").generatePrivate(encoded)));
    } catch (GeneralSecurityException | IllegalArgumentException _) { // messages may quote the key
      return Optional.empty();
    }
  }

  /// The signature RSASSA-PKCS1-v1_5 with SHA-256.
  byte[] sign(String text) {
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
