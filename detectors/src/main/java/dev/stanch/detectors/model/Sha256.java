package dev.stanch.detectors.model;

import java.util.Arrays;

/// SHA-256 as FIPS 180-4 has it, for the few bytes that names are made of. The JDK's own is reached
/// through its table of security providers, whose set-up takes longer than a hook should.
public final class Sha256 {
  private static final int[] K = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2
  };
  private static final int BLOCK = 64;

  private final int[] state = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19
  };
  private final byte[] block = new byte[BLOCK];
  private final int[] words = new int[64];
  private long length;

  /// The digest of a text to come.
  public Sha256() {}

  /// Takes what comes next.
  public Sha256 update(byte[] bytes) {
    return update(bytes, 0, bytes.length);
  }

  Sha256 update(byte[] bytes, int from, int to) {
    for (int i = from; i < to; ) {
      int filled = (int) (length % BLOCK);
      int more = Math.min(BLOCK - filled, to - i);
      System.arraycopy(bytes, i, block, filled, more);
      i += more;
      length += more;
      if (filled + more == BLOCK) {
        mix();
      }
    }
    return this;
  }

  /// Ends the text and returns its digest; nothing may follow.
  public byte[] digest() {
    long bits = length * 8;
    int filled = (int) (length % BLOCK);
    block[filled++] = (byte) 0x80;
    if (filled > BLOCK - 8) {
      Arrays.fill(block, filled, BLOCK, (byte) 0);
      mix();
      filled = 0;
    }
    Arrays.fill(block, filled, BLOCK - 8, (byte) 0);
    for (int i = 0; i < 8; i++) {
      block[BLOCK - 1 - i] = (byte) (bits >>> 8 * i);
    }
    mix();
    Arrays.fill(block, (byte) 0);
    Arrays.fill(words, 0);
    byte[] digest = new byte[32];
    for (int i = 0; i < digest.length; i++) {
      digest[i] = (byte) (state[i / 4] >>> 24 - 8 * (i % 4));
    }
    return digest;
  }

  private void mix() {
    int[] w = words;
    for (int i = 0; i < 16; i++) {
      w[i] =
          block[4 * i] << 24
              | (block[4 * i + 1] & 0xff) << 16
              | (block[4 * i + 2] & 0xff) << 8
              | block[4 * i + 3] & 0xff;
    }
    for (int i = 16; i < 64; i++) {
      int s0 = turned(w[i - 15], 7) ^ turned(w[i - 15], 18) ^ w[i - 15] >>> 3;
      int s1 = turned(w[i - 2], 17) ^ turned(w[i - 2], 19) ^ w[i - 2] >>> 10;
      w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    int a = state[0];
    int b = state[1];
    int c = state[2];
    int d = state[3];
    int e = state[4];
    int f = state[5];
    int g = state[6];
    int h = state[7];
    for (int i = 0; i < 64; i++) {
      int t1 = h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + (e & f ^ ~e & g) + K[i] + w[i];
      int t2 = (turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + (a & b ^ a & c ^ b & c);
      h = g;
      g = f;
      f = e;
      e = d + t1;
      d = c;
      c = b;
      b = a;
      a = t1 + t2;
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
    state[4] += e;
    state[5] += f;
    state[6] += g;
    state[7] += h;
  }

  private static int turned(int value, int by) {
    return value >>> by | value << 32 - by;
  }
}
