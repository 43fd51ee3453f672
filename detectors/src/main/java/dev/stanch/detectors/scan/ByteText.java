package dev.stanch.detectors.scan;

/// Bytes as the characters a `Pattern` wants, one byte one character (Latin-1), which tells how far
/// a matcher looked. Reused for text after text: a matcher keeps hold of it.
final class ByteText implements CharSequence {
  private byte[] bytes = new byte[0];
  private int length;
  private int lowest;
  private int highest;

  void set(byte[] text, int to) {
    this.bytes = text;
    this.length = to;
  }

  /// Forgets what was looked at so far.
  void watch() {
    lowest = Integer.MAX_VALUE;
    highest = -1;
  }

  /// The first byte looked at since [#watch].
  int lowest() {
    return lowest;
  }

  /// The last byte looked at since [#watch], or -1.
  int highest() {
    return highest;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public char charAt(int index) {
    if (index > highest) {
      highest = index;
    }
    if (index < lowest) {
      lowest = index;
    }
    return (char) (bytes[index] & 0xff);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    var part = new ByteText();
    part.set(java.util.Arrays.copyOfRange(bytes, start, end), end - start);
    return part;
  }

  /// Never the text itself: it may hold a token.
  @Override
  public String toString() {
    return "ByteText[" + length + " bytes]";
  }
}
