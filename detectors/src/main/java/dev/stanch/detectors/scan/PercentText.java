package dev.stanch.detectors.scan;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Percent encoding, where the grammar of a URL says that a value is written in it.
final class PercentText {
  /// What a place calls the way in.
  static final String WAY = "percent";

  /// How far in front of a parameter its URL may begin.
  static final int REACH = 1024;

  private PercentText() {}

  /// What `text[start, end)` stands for; null where nothing in it is encoded, or not soundly.
  static byte @Nullable [] decoded(byte[] text, int start, int end) {
    byte[] decoded = new byte[end - start];
    int length = 0;
    for (int i = start; i < end; i++) {
      int b = text[i];
      if (b == '%') {
        int high = i + 2 < end ? Character.digit(text[i + 1], 16) : -1;
        int low = i + 2 < end ? Character.digit(text[i + 2], 16) : -1;
        b = high << 4 | low;
        if (high < 0 || low < 0 || b < ' ') {
          return null;
        }
        i += 2;
      }
      decoded[length++] = (byte) b;
    }
    return length == end - start ? null : Arrays.copyOf(decoded, length);
  }

  /// Whether `start` stands in the query of a URL that begins behind `from`.
  static boolean isQuery(byte[] text, int from, int start) {
    boolean query = false;
    for (int i = start - 1; i >= Math.max(from, start - REACH) && isOfUrl(text[i]); i--) {
      query |= text[i] == '?';
      if (query && i >= from + 2 && text[i] == '/' && text[i - 1] == '/' && text[i - 2] == ':') {
        return true;
      }
    }
    return false;
  }

  private static boolean isOfUrl(byte b) {
    return b > ' ' && b != '"' && b != '\'' && b != '<' && b != '>' && b != '`' && b != '\\';
  }
}
