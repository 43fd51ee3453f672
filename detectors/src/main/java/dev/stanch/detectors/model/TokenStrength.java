package dev.stanch.detectors.model;

/// Estimates from below how hard a token is to guess. Words count little, repetition nothing.
final class TokenStrength {
  /// From this many letters of one case on, a run is taken for a word.
  private static final int WORD = 4;

  /// What a letter of a word is worth.
  private static final double WORD_LETTER = 2;

  private TokenStrength() {}

  static double bits(byte[] token) {
    int[] counts = new int[256];
    for (byte b : token) {
      counts[b & 0xff]++;
    }
    double entropy = 0;
    for (int count : counts) {
      if (count > 0) {
        double share = (double) count / token.length;
        entropy -= share * Math.log(share) / Math.log(2);
      }
    }
    double bits = 0;
    for (int at = 0; at < token.length; ) {
      int end = at + 1;
      while (end < token.length && kind(token[at]) > 0 && kind(token[end]) == kind(token[at])) {
        end++;
      }
      boolean word = kind(token[at]) > 0 && end - at >= WORD;
      bits += (end - at) * (word ? Math.min(WORD_LETTER, entropy) : entropy);
      at = end;
    }
    return bits;
  }

  private static int kind(byte b) {
    if (b >= 'a' && b <= 'z') {
      return 1;
    }
    return b >= 'A' && b <= 'Z' ? 2 : 0;
  }
}
