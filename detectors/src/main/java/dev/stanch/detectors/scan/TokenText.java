package dev.stanch.detectors.scan;

/// Measures of a text that may be a token.
final class TokenText {
  private TokenText() {}

  /// Shannon entropy in bits per byte.
  static double entropy(byte[] text, int from, int to) {
    int n = to - from;
    if (n == 0) {
      return 0;
    }
    int[] counts = new int[256];
    for (int i = from; i < to; i++) {
      counts[text[i] & 0xff]++;
    }
    double bits = 0;
    for (int count : counts) {
      if (count > 0) {
        double share = (double) count / n;
        bits -= share * Math.log(share);
      }
    }
    return bits / Math.log(2);
  }

  /// Whether the text is plainly filled in by hand to stand for a token: one or two characters over
  /// and over, a run up the alphabet, or a word that says so.
  static boolean isFiller(byte[] text, int from, int to) {
    int n = to - from;
    if (n < 6) {
      return false;
    }
    long seenLow = 0;
    long seenHigh = 0;
    int same = 1;
    int longestSame = 1;
    int up = 1;
    int longestUp = 1;
    for (int i = from; i < to; i++) {
      int c = text[i] & 0x7f;
      if (c < 64) {
        seenLow |= 1L << c;
      } else {
        seenHigh |= 1L << c;
      }
      if (i > from) {
        int step = text[i] - text[i - 1];
        same = step == 0 ? same + 1 : 1;
        up = step == 1 ? up + 1 : 1;
        longestSame = Math.max(longestSame, same);
        longestUp = Math.max(longestUp, up);
      }
    }
    int distinct = Long.bitCount(seenLow) + Long.bitCount(seenHigh);
    return distinct <= 3
        || longestSame >= 6 && longestSame * 16 >= n // keys in DER or SSH form hold runs of zeros
        || longestSame * 2 >= n
        || longestUp >= 8
        || longestUp * 2 >= n
        || hasFillerWord(text, from, to);
  }

  private static final byte[][] FILLER_WORDS = {
    word("example"), word("placeholder"), word("changeme"), word("replace"), word("your_"),
        word("your-"), word("yourkey"),
    word("dummy"), word("redacted"), word("insert"), word("sample"), word("xxxx"), word("foobar"),
        word("abcdef"),
    word("123456"),
  };

  private static byte[] word(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  }

  private static boolean hasFillerWord(byte[] text, int from, int to) {
    for (byte[] word : FILLER_WORDS) {
      if (word.length * 8 < to - from && word.length < 7) {
        continue; // a short word in a long random text is chance
      }
      for (int i = from; i + word.length <= to; i++) {
        int k = 0;
        while (k < word.length && lower(text[i + k]) == word[k]) {
          k++;
        }
        if (k == word.length) {
          return true;
        }
      }
    }
    return false;
  }

  static int lower(byte b) {
    return b >= 'A' && b <= 'Z' ? b + 32 : b;
  }

  static boolean isWord(int b) {
    return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '_';
  }

  static boolean isLetter(int b) {
    return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z';
  }

  static boolean isHex(int b) {
    return b >= '0' && b <= '9' || b >= 'a' && b <= 'f' || b >= 'A' && b <= 'F';
  }
}
