package dev.stanch.revokers.sink.github;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.bouncycastle.crypto.engines.XSalsa20Engine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.bouncycastle.math.ec.rfc7748.X25519;

/// Opens sealed boxes, as GitHub does. That they are those of libsodium, [SealedBoxTest] shows.
final class OpenBox {
  private OpenBox() {}

  /// @param box in base64
  static String open(byte[] secret, String box) {
    byte[] bytes = Base64.getDecoder().decode(box);
    byte[] recipient = new byte[32];
    byte[] shared = new byte[32];
    X25519.generatePublicKey(secret, 0, recipient, 0);
    X25519.calculateAgreement(secret, 0, bytes, 0, shared, 0);
    var digest = new Blake2bDigest(192);
    digest.update(bytes, 0, 32);
    digest.update(recipient, 0, 32);
    byte[] nonce = new byte[24];
    digest.doFinal(nonce, 0);
    var cipher = new XSalsa20Engine();
    cipher.init(false, new ParametersWithIV(new KeyParameter(Hashing.of(shared)), nonce));
    byte[] stream = Arrays.copyOf(new byte[0], 32 + bytes.length - 48);
    System.arraycopy(bytes, 48, stream, 32, bytes.length - 48);
    cipher.processBytes(stream, 0, stream.length, stream, 0);
    return new String(stream, 32, stream.length - 32, UTF_8);
  }

  /// HSalsa20 by way of XSalsa20, which begins with it: its key is what is left in the engine.
  private static final class Hashing extends XSalsa20Engine {
    static byte[] of(byte[] shared) {
      var engine = new Hashing();
      engine.init(true, new ParametersWithIV(new KeyParameter(shared), new byte[24]));
      byte[] key = new byte[32];
      int[] words = {1, 2, 3, 4, 11, 12, 13, 14};
      for (int i = 0; i < words.length; i++) {
        int word = engine.engineState[words[i]];
        for (int k = 0; k < 4; k++) {
          key[i * 4 + k] = (byte) (word >>> 8 * k);
        }
      }
      return key;
    }
  }
}
