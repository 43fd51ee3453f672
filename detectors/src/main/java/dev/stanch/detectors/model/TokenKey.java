package dev.stanch.detectors.model;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/// The key under which tokens are named: the user's own, an incident's, or a baseline's salt.
/// Thread-safe.
public final class TokenKey {
  private static final char[] BASE32 = "abcdefghijklmnopqrstuvwxyz234567".toCharArray();
  private static final int ID_CHARACTERS = 26;
  private static final int SLOW_ROUNDS = 600_000;

  /// Length of a key in bytes.
  public static final int LENGTH = 32;

  private static final int BLOCK = 64;

  private final byte[] inner = new byte[BLOCK];
  private final byte[] outer = new byte[BLOCK];

  /// Takes [#LENGTH] bytes of key.
  public TokenKey(byte[] key) {
    if (key.length != LENGTH) {
      throw new IllegalArgumentException("a token key has " + LENGTH + " bytes, not " + key.length);
    }
    for (int i = 0; i < BLOCK; i++) {
      byte own = i < LENGTH ? key[i] : 0;
      inner[i] = (byte) (own ^ 0x36);
      outer[i] = (byte) (own ^ 0x5c);
    }
  }

  /// A key that nobody has had before.
  public static TokenKey random(SecureRandom random) {
    byte[] fresh = new byte[LENGTH];
    random.nextBytes(fresh);
    return new TokenKey(fresh);
  }

  /// The id of the token in `bytes[from, to)`.
  public TokenId idOf(byte[] bytes, int from, int to) {
    // HMAC as RFC 2104 has it.
    byte[] first = new Sha256().update(inner).update(bytes, from, to).digest();
    return new TokenId("v1:" + base32(new Sha256().update(outer).update(first).digest()));
  }

  /// The id of the token in `bytes[from, to)` by a derivation that is slow on purpose, for a key
  /// that is public and a token that could be guessed.
  public TokenId slowIdOf(byte[] bytes, int from, int to) {
    char[] password = new char[to - from];
    for (int i = 0; i < password.length; i++) {
      password[i] = (char) (bytes[from + i] & 0xff);
    }
    var spec = new PBEKeySpec(password, salt(), SLOW_ROUNDS, 256);
    Arrays.fill(password, '\0');
    try {
      return new TokenId(
          "v1:"
              + base32(
                  SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                      .generateSecret(spec)
                      .getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has PBKDF2WithHmacSHA256", e);
    } finally {
      spec.clearPassword();
    }
  }

  /// The key again, out of its padded form.
  private byte[] salt() {
    byte[] key = new byte[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      key[i] = (byte) (inner[i] ^ 0x36);
    }
    return key;
  }

  private static String base32(byte[] digest) {
    var text = new StringBuilder(ID_CHARACTERS);
    int bits = 0;
    int held = 0;
    for (int i = 0; text.length() < ID_CHARACTERS; ) {
      if (held < 5) {
        bits = bits << 8 | digest[i++] & 0xff;
        held += 8;
      }
      text.append(BASE32[bits >>> (held - 5) & 31]);
      held -= 5;
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return "TokenKey";
  }
}
