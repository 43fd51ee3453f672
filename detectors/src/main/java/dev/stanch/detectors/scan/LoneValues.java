package dev.stanch.detectors.scan;

import java.util.ArrayList;
import java.util.List;

/// Reads small texts that are nothing but a value, or nothing but users and their values: what
/// these are, only the file's name can say (`master.key`, `token.txt`, `.htpasswd`).
final class LoneValues {
  /// No larger text is one.
  static final int LARGEST = 2048;

  private static final int SHORTEST = 6;
  private static final int LONGEST = 200;
  private static final int LONGEST_USER = 64;

  private LoneValues() {}

  /// A value at `[start, end)`.
  record Value(int start, int end) {}

  /// The values of the text `[from, to)`; none where it is anything else.
  static List<Value> of(byte[] text, int from, int to) {
    if (to - from < SHORTEST || to - from > LARGEST) {
      return List.of();
    }
    var values = new ArrayList<Value>(1);
    int lines = 0;
    boolean pairs = true;
    for (int at = from; at < to; ) {
      int end = at;
      while (end < to && text[end] != '\n') {
        end++;
      }
      int start = at;
      at = end + 1;
      while (end > start && isBlank(text[end - 1])) {
        end--;
      }
      while (start < end && isBlank(text[start])) {
        start++;
      }
      if (start == end || text[start] == '#') {
        continue;
      }
      int value = behindUser(text, start, end);
      pairs &= value > start;
      lines++;
      if (!pairs && lines > 1 || holdsBlank(text, start, end)) {
        return List.of();
      }
      if (end - value >= SHORTEST && end - value <= LONGEST) {
        values.add(new Value(value, end));
      }
    }
    return values;
  }

  /// Where the value of `user:value` begins; `start` where the line is no such pair.
  private static int behindUser(byte[] text, int start, int end) {
    int at = start;
    while (at < end
        && at - start < LONGEST_USER
        && (TokenText.isWord(text[at]) || text[at] == '.' || text[at] == '-' || text[at] == '@')) {
      at++;
    }
    if (at == start || at >= end || text[at] != ':') {
      return start;
    }
    for (int i = at + 1; i < end; i++) {
      if (text[i] == ':') {
        return start;
      }
    }
    return at + 1;
  }

  /// Whether the value may be a hash of the traditional crypt: two characters of salt and eleven
  /// more.
  static boolean isCrypt(byte[] text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (text[i] == '_' || !TokenText.isWord(text[i]) && text[i] != '.' && text[i] != '/') {
        return false;
      }
    }
    return end - start == 13;
  }

  private static boolean holdsBlank(byte[] text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (isBlank(text[i])) {
        return true;
      }
    }
    return false;
  }

  private static boolean isBlank(byte b) {
    return b >= 0 && b <= ' ';
  }
}
