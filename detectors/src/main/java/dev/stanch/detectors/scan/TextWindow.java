package dev.stanch.detectors.scan;

import java.nio.charset.StandardCharsets;

/// The part of a text that is being read, with the questions that reading it comes down to, and how
/// far from its keyword it was looked at. One per thread.
///
/// What was looked at must be told in full: a scan of deltas carries an outcome over to where those
/// bytes stand unchanged. The bytes are there to be read directly, in loops where a call would be
/// felt; whoever does says so with [#lookedAhead] and [#lookedBack].
final class TextWindow {
  /// Most blanks that are skipped.
  private static final int FARTHEST = 200;

  byte[] bytes = new byte[0];

  /// Where the text begins in [#bytes].
  int from;

  /// Where it ends.
  int to;

  private int low;
  private int high;

  /// Sets the text: `text[first, last)`.
  void use(byte[] text, int first, int last) {
    bytes = text;
    from = first;
    to = last;
  }

  /// Forgets what was looked at, but for the keyword at `[start, end)` and the bytes beside it.
  void startAt(int start, int end) {
    low = start - 1;
    high = end + 1;
  }

  /// Where the bytes that were looked at begin.
  int examinedFrom() {
    return low;
  }

  /// Where they end.
  int examinedTo() {
    return high;
  }

  void looked(int first, int last) {
    low = Math.min(low, first);
    high = Math.max(high, last);
  }

  void lookedBack(int until) {
    low = Math.min(low, until);
  }

  void lookedAhead(int until) {
    high = Math.max(high, until);
  }

  /// The byte at `i`, 0 outside of the text.
  int at(int i) {
    return i >= from && i < to ? bytes[i] : 0;
  }

  /// Whether `word` stands at `at`.
  boolean startsWith(int at, String word) {
    lookedAhead(at + word.length());
    if (at < from || at + word.length() > to) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (bytes[at + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /// Whether `word` stands right in front of `at`.
  boolean precededBy(int at, String word) {
    lookedBack(at - word.length() - 1);
    return at - word.length() >= from && startsWith(at - word.length(), word);
  }

  /// Whether `word` stands in `[start, end)`, before the line ends.
  boolean lineHas(int start, int end, String word) {
    for (int i = start; i + word.length() <= Math.min(end, to) && bytes[i] != '\n'; i++) {
      if (startsWith(i, word)) {
        return true;
      }
    }
    lookedAhead(Math.min(end, to) + 1);
    return false;
  }

  boolean contains(int start, int end, char wanted) {
    for (int i = start; i < end; i++) {
      if (bytes[i] == wanted) {
        return true;
      }
    }
    return false;
  }

  /// The bytes of `[start, end)`, each a character.
  String latin(int start, int end) {
    return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
  }

  /// Where the line of `at` begins, or the part of it that is looked at.
  int lineStart(int at) {
    int start = Math.min(at, to);
    while (start > from && at - start < 240 && bytes[start - 1] != '\n') {
      start--;
    }
    lookedBack(start - 1);
    return Math.max(start, from);
  }

  /// The first byte behind the indentation of the line that begins at `start`.
  int skipIndent(int start) {
    int at = start;
    while (at < to && (bytes[at] == ' ' || bytes[at] == '\t')) {
      at++;
    }
    lookedAhead(at + 12);
    return at;
  }

  /// The first byte from `start` on that is no blank.
  int skipSpace(int start) {
    int at = start;
    while (at < to && at - start < FARTHEST && (bytes[at] == ' ' || bytes[at] == '\t')) {
      at++;
    }
    lookedAhead(at + 1);
    return at;
  }

  /// The first byte from `start` on that is neither blank nor the end of a line.
  int skipWhitespace(int start) {
    int at = start;
    while (at < to
        && at - start < FARTHEST
        && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\n' || bytes[at] == '\r')) {
      at++;
    }
    lookedAhead(at + 1);
    return at;
  }

  /// Whether a quote stands at `at`, which must be within the text.
  boolean isQuote(int at) {
    return isQuoteByte(bytes[at]);
  }

  boolean isLetters(int start, int end) {
    for (int i = start; i < end; i++) {
      if (!TokenText.isLetter(bytes[i])) {
        return false;
      }
    }
    return true;
  }

  boolean isDigits(int start, int end) {
    for (int i = start; i < end; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        return false;
      }
    }
    return true;
  }

  /// Whether a line ends in `[start, end)`.
  boolean spansLines(int start, int end) {
    for (int i = start; i < Math.min(end, to); i++) {
      if (bytes[i] == '\n') {
        return true;
      }
    }
    return false;
  }

  static boolean isQuoteByte(int b) {
    return b == '"' || b == '\'' || b == '`';
  }
}
