package dev.stanch.detectors.scan;

import dev.stanch.detectors.rule.Escapes;

/// A stretch of text in which single characters are escaped, as in URLs (`%5F`), JSON and source
/// code (a backslash with `u` and four digits, or `x` and two) and HTML (`&#95;`, `&#x5f;`),
/// decoded. It ends at spaces, quotes, brackets and whatever else stands in no escaped text. One
/// per thread: its buffers are reused.
final class EscapedRun {
  private static final int SHORTEST = 12;

  /// No run is followed further than this from its first escape; see [Detector#BACK] and
  /// [Detector#AHEAD].
  private static final int BACK = Detector.BACK / 2;

  private static final int AHEAD = Detector.AHEAD - 64;

  private static final boolean[] IN_RUN = new boolean[256];

  static {
    for (int c = '!'; c < 0x7f; c++) {
      IN_RUN[c] = "\"'`<>()[]{},|^".indexOf(c) < 0;
    }
  }

  private final byte[] out = new byte[BACK + AHEAD];

  /// By decoded byte: where it stands in the text, from the run's start.
  private final char[] at = new char[BACK + AHEAD + 1];

  private int start;
  private int length;
  private int examinedFrom;
  private int examinedTo;
  private int read;

  /// Decodes the run round the escape at `escape`, where that is its first; false where it is not,
  /// or there is nothing to decode.
  boolean decode(byte[] text, int from, int to, int escape) {
    examinedFrom = escape;
    examinedTo = escape + Escapes.LONGEST;
    length = 0;
    if (one(text, escape, to) < 0) {
      return false;
    }
    int first = escape;
    while (first > from && escape - first < BACK && IN_RUN[text[first - 1] & 0xff]) {
      first--;
      if (Escapes.mayBegin(text[first])
          && Escapes.isTrigger(text, first, to)
          && one(text, first, to) >= 0) {
        examinedFrom = first;
        return false;
      }
    }
    examinedFrom = first - 1;
    int last = escape;
    int limit = Math.min(to, escape + AHEAD);
    while (last < limit && IN_RUN[text[last] & 0xff]) {
      last++;
    }
    examinedTo = Math.max(examinedTo, last + 1);
    if (last - first < SHORTEST) {
      return false;
    }
    start = first;
    decode(text, first, last);
    return length >= SHORTEST;
  }

  private void decode(byte[] text, int first, int last) {
    for (int i = first; i < last; i += read) {
      int value = Escapes.mayBegin(text[i]) ? one(text, i, last) : -1;
      if (value < 0) {
        read = 1;
        put(text[i], i);
      } else if (value < 0x80) {
        put(value, i);
      } else if (value < 0x100 && text[i] == '%') {
        put(value, i);
      } else if (value < 0x800) {
        put(0xc0 | value >> 6, i);
        put(0x80 | value & 0x3f, i);
      } else {
        put(0xe0 | value >> 12, i);
        put(0x80 | value >> 6 & 0x3f, i);
        put(0x80 | value & 0x3f, i);
      }
    }
    at[length] = (char) (last - first);
  }

  private void put(int value, int position) {
    at[length] = (char) (position - start);
    out[length++] = (byte) value;
  }

  /// The character that the escape at `position` stands for, or -1 where there is none; its length
  /// goes to `read`.
  private int one(byte[] text, int position, int to) {
    int second = position + 1 < to ? text[position + 1] : 0;
    switch (text[position]) {
      case '%' -> {
        read = 3;
        return hex(text, position + 1, position + 3, to);
      }
      case '\\' -> {
        if (second == '/') {
          read = 2;
          return '/';
        }
        read = second == 'u' ? 6 : 4;
        return second == 'u' || second == 'x' ? hex(text, position + 2, position + read, to) : -1;
      }
      case '&' -> {
        return second == '#' ? entity(text, position + 2, to) : -1;
      }
      default -> {
        return -1;
      }
    }
  }

  private static int hex(byte[] text, int from, int end, int to) {
    if (end > to) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < end; i++) {
      int digit = Character.digit(text[i], 16);
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  private int entity(byte[] text, int from, int to) {
    boolean hexadecimal = from < to && (text[from] | 0x20) == 'x';
    int value = 0;
    int first = hexadecimal ? from + 1 : from;
    for (int i = first; i < Math.min(to, first + 6); i++) {
      if (text[i] == ';' && i > first) {
        read = i + 3 - from;
        return value > 0xffff ? -1 : value;
      }
      int digit = Character.digit(text[i], hexadecimal ? 16 : 10);
      if (digit < 0) {
        return -1;
      }
      value = value * (hexadecimal ? 16 : 10) + digit;
    }
    return -1;
  }

  byte[] bytes() {
    return out;
  }

  int length() {
    return length;
  }

  /// Where in the text the decoded byte at `position` stands.
  int origin(int position) {
    return start + at[position];
  }

  int examinedFrom() {
    return examinedFrom;
  }

  int examinedTo() {
    return examinedTo;
  }
}
