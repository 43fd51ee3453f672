package dev.stanch.revokers.sink.github;

import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.bouncycastle.crypto.engines.Salsa20Engine;
import org.bouncycastle.crypto.engines.XSalsa20Engine;
import org.bouncycastle.crypto.macs.Poly1305;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.bouncycastle.util.Pack;

/// What libsodium calls a sealed box (`crypto_box_seal`): only the holder of the private key opens
/// it, and nobody can tell who closed it. The sender's public key, then a tag of Poly1305 and the
/// text under XSalsa20, keyed by X25519 of a pair that is used once.
///
/// Facts: <https://doc.libsodium.org/public-key_cryptography/sealed_boxes>.
final class SealedBox {
  static final int KEY = X25519.POINT_SIZE;
  private static final int NONCE = 24;
  private static final int TAG = 16;
  private static final int SALSA_ROUNDS = 20;

  /// The words of Salsa20's state that HSalsa20 gives out.
  private static final int[] HASHED = {0, 5, 10, 15, 6, 7, 8, 9};

  private static final int[] SIGMA = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574};

  private SealedBox() {}

  /// Seals a text.
  ///
  /// @throws IllegalArgumentException when that is no public key
  static byte[] seal(byte[] text, byte[] recipient, SecureRandom random) {
    if (recipient.length != KEY) {
      throw new IllegalArgumentException("a public key has " + KEY + " bytes");
    }
    byte[] secret = new byte[X25519.SCALAR_SIZE];
    byte[] shared = new byte[KEY];
    byte[] box = new byte[KEY + TAG + text.length];
    X25519.generatePrivateKey(random, secret);
    X25519.generatePublicKey(secret, 0, box, 0);
    // Some points lead to a shared secret that everybody knows.
    if (!X25519.calculateAgreement(secret, 0, recipient, 0, shared, 0)) {
      throw new IllegalArgumentException("a public key of small order");
    }
    byte[] key = hsalsa20(shared);
    encrypt(text, key, nonce(box, recipient), box);
    Arrays.fill(secret, (byte) 0);
    Arrays.fill(shared, (byte) 0);
    Arrays.fill(key, (byte) 0);
    return box;
  }

  /// Hashes both public keys.
  private static byte[] nonce(byte[] box, byte[] recipient) {
    var digest = new Blake2bDigest(NONCE * 8);
    digest.update(box, 0, KEY);
    digest.update(recipient, 0, KEY);
    byte[] nonce = new byte[NONCE];
    digest.doFinal(nonce, 0);
    return nonce;
  }

  /// Encrypts behind the public key at the box's beginning, with the tag before the text.
  private static void encrypt(byte[] text, byte[] key, byte[] nonce, byte[] box) {
    var cipher = new XSalsa20Engine();
    cipher.init(true, new ParametersWithIV(new KeyParameter(key), nonce));
    // The key of the tag is the beginning of the stream.
    byte[] once = new byte[32];
    cipher.processBytes(once, 0, once.length, once, 0);
    cipher.processBytes(text, 0, text.length, box, KEY + TAG);
    var tag = new Poly1305();
    tag.init(new KeyParameter(once));
    tag.update(box, KEY + TAG, text.length);
    tag.doFinal(box, KEY);
    Arrays.fill(once, (byte) 0);
  }

  /// A key from what X25519 agrees on, as Salsa20's core makes it with a nonce of zeros.
  private static byte[] hsalsa20(byte[] shared) {
    int[] state = new int[16];
    for (int i = 0; i < SIGMA.length; i++) {
      state[i * 5] = SIGMA[i];
    }
    Pack.littleEndianToInt(shared, 0, state, 1, 4);
    Pack.littleEndianToInt(shared, 16, state, 11, 4);
    int[] mixed = new int[16];
    Salsa20Engine.salsaCore(SALSA_ROUNDS, state, mixed);
    byte[] key = new byte[32];
    for (int i = 0; i < HASHED.length; i++) {
      // The core adds its input, which is no part of this hash.
      Pack.intToLittleEndian(mixed[HASHED[i]] - state[HASHED[i]], key, i * 4);
    }
    Arrays.fill(state, 0);
    Arrays.fill(mixed, 0);
    return key;
  }
}
