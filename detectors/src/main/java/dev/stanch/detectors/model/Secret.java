package dev.stanch.detectors.model;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
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

  /// Which of these stand in a text, by their places in the list. One pass, however many they are;
  /// what is shorter than eight bytes is not looked for.
  public static BitSet standingIn(byte[] text, List<Secret> secrets) {
    var byBeginning = new HashMap<Long, List<Integer>>();
    for (int i = 0; i < secrets.size(); i++) {
      byte[] own = secrets.get(i).bytes;
      if (own.length >= Long.BYTES) {
        long beginning = ByteBuffer.wrap(own).getLong();
        List<Integer> same = byBeginning.get(beginning);
        if (same == null) {
          same = new ArrayList<>(1);
          byBeginning.put(beginning, same);
        }
        same.add(i);
      }
    }
    var standing = new BitSet(secrets.size());
    long last = 0;
    for (int end = 1; end <= text.length && !byBeginning.isEmpty(); end++) {
      last = last << Byte.SIZE | text[end - 1] & 0xff;
      List<Integer> maybe = end < Long.BYTES ? null : byBeginning.get(last);
      if (maybe != null) {
        for (int i : maybe) {
          int from = end - Long.BYTES;
          byte[] own = secrets.get(i).bytes;
          if (from + own.length <= text.length
              && Arrays.equals(own, 0, own.length, text, from, from + own.length)) {
            standing.set(i);
          }
        }
      }
    }
    return standing;
  }

  /// A text in which `redacted` takes its place, wherever it stands in it.
  public String replacedIn(String text, String redacted) {
    return text.replace(new String(bytes, StandardCharsets.UTF_8), redacted);
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
