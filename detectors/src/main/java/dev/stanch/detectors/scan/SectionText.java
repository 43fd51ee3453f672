package dev.stanch.detectors.scan;

/// A part of a text as the characters an expression wants, with the byte that each came from.
/// Counts how often it is asked: that is how much work an expression makes.
///
/// A byte that is no UTF-8 is one replacement character, so that nothing beside it is lost.
final class SectionText implements CharSequence {
  private static final char REPLACEMENT = '\ufffd';

  private byte[] bytes = new byte[0];
  private int from;
  private int length;
  private char[] chars = new char[0];
  private int[] places = new int[0];
  private boolean ascii = true;
  private long left = Long.MAX_VALUE;

  /// Thrown where an expression has asked more often than it may.
  static final class SpentException extends RuntimeException {
    private static final long serialVersionUID = 1;

    SpentException() {
      super(null, null, false, false);
    }
  }

  void set(byte[] text, int start, int end) {
    bytes = text;
    from = start;
    length = end - start;
    ascii = true;
    for (int i = start; i < end; i++) {
      if (text[i] < 0) {
        ascii = false;
        decode(end);
        return;
      }
    }
  }

  private void decode(int end) {
    if (chars.length < length) {
      chars = new char[length];
      places = new int[length];
    }
    int n = 0;
    for (int i = from; i < end; ) {
      int width = width(i, end);
      int point = width == 1 && bytes[i] < 0 ? REPLACEMENT : point(i, width);
      if (point > 0xffff) {
        chars[n] = Character.highSurrogate(point);
        places[n++] = i;
        chars[n] = Character.lowSurrogate(point);
      } else {
        chars[n] = (char) point;
      }
      places[n++] = i;
      i += width;
    }
    length = n;
  }

  /// How many bytes the character at `i` takes; 1 where it is none.
  private int width(int i, int end) {
    int b = bytes[i] & 0xff;
    int width = b < 0xc2 ? 1 : b < 0xe0 ? 2 : b < 0xf0 ? 3 : b < 0xf5 ? 4 : 1;
    if (i + width > end) {
      return 1;
    }
    for (int k = 1; k < width; k++) {
      if ((bytes[i + k] & 0xc0) != 0x80) {
        return 1;
      }
    }
    if (width < 3) {
      return width;
    }
    int point = point(i, width);
    boolean wellFormed =
        width == 3
            ? point >= 0x800 && (point < 0xd800 || point > 0xdfff)
            : point >= 0x10000 && point <= 0x10ffff;
    return wellFormed ? width : 1;
  }

  private int point(int i, int width) {
    return switch (width) {
      case 1 -> bytes[i];
      case 2 -> (bytes[i] & 0x1f) << 6 | bytes[i + 1] & 0x3f;
      case 3 -> (bytes[i] & 0x0f) << 12 | (bytes[i + 1] & 0x3f) << 6 | bytes[i + 2] & 0x3f;
      default ->
          (bytes[i] & 0x07) << 18
              | (bytes[i + 1] & 0x3f) << 12
              | (bytes[i + 2] & 0x3f) << 6
              | bytes[i + 3] & 0x3f;
    };
  }

  /// How often it may be asked from now on.
  void allow(long times) {
    left = times;
  }

  /// How often it may still be asked.
  long left() {
    return left;
  }

  /// The byte, in the text, of a character.
  int byteAt(int character, int end) {
    return ascii ? from + character : character < length ? places[character] : end;
  }

  /// The first character that begins at a byte or behind it.
  int characterAt(int at) {
    if (ascii) {
      return Math.min(length, at - from);
    }
    int found = java.util.Arrays.binarySearch(places, 0, length, at);
    while (found > 0 && places[found - 1] == at) {
      found--; // of two surrogates the first
    }
    return found >= 0 ? found : -found - 1;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public char charAt(int index) {
    if (--left < 0) {
      throw new SpentException();
    }
    return ascii ? (char) bytes[from + index] : chars[index];
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    var part = new StringBuilder(end - start);
    for (int i = start; i < end; i++) {
      part.append(ascii ? (char) bytes[from + i] : chars[i]);
    }
    return part;
  }

  /// Never the text itself: it may hold a token.
  @Override
  public String toString() {
    return "SectionText[" + length + "]";
  }
}
