package dev.stanch.detectors.rule;

import java.util.ArrayList;
import java.util.List;

/// How single printable characters are escaped in URLs, JSON, source code and HTML, by what each
/// escape begins with: the keywords that make a scan look for escaped text.
public final class Escapes {
  /// No escape is longer.
  public static final int LONGEST = 10;

  private Escapes() {}

  /// The beginnings, in lower case.
  static List<String> keywords() {
    var keywords = new ArrayList<String>();
    for (int c = '!'; c < 0x7f; c++) {
      keywords.add("%" + Integer.toHexString(c));
    }
    for (char high = '2'; high <= '7'; high++) {
      keywords.add("\\u00" + high);
      keywords.add("\\x" + high);
      keywords.add("&#x" + high);
    }
    for (char high = '1'; high <= '9'; high++) {
      if (high != '2') {
        keywords.add("&#" + high);
      }
    }
    return keywords;
  }

  /// Whether an escape may begin with this byte.
  public static boolean mayBegin(byte b) {
    return b == '%' || b == '\\' || b == '&';
  }

  /// What a place calls the way in, by an escape's first byte.
  public static String name(byte first) {
    return switch (first) {
      case '%' -> "percent";
      case '&' -> "entities";
      default -> "escapes";
    };
  }

  /// Whether one of the keywords stands at `at`.
  public static boolean isTrigger(byte[] text, int at, int to) {
    int left = to - at;
    if (left < 3) {
      return false;
    }
    int second = text[at + 1] | 0x20;
    return switch (text[at]) {
      case '%' -> {
        int low = Character.digit(text[at + 2], 16);
        yield text[at + 1] >= '2'
            && text[at + 1] <= '7'
            && low >= 0
            && !(text[at + 1] == '2' && low == 0)
            && !(text[at + 1] == '7' && low == 15);
      }
      case '\\' ->
          second == 'x'
              ? between(text[at + 2], '2', '7')
              : second == 'u'
                  && left > 4
                  && text[at + 2] == '0'
                  && text[at + 3] == '0'
                  && between(text[at + 4], '2', '7');
      case '&' ->
          text[at + 1] == '#'
              && ((text[at + 2] | 0x20) == 'x'
                  ? left > 3 && between(text[at + 3], '2', '7')
                  : between(text[at + 2], '1', '9') && text[at + 2] != '2');
      default -> false;
    };
  }

  private static boolean between(byte b, char low, char high) {
    return b >= low && b <= high;
  }
}
