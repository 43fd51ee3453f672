package dev.stanch.detectors.scan;

/// Bytes as the characters a `Pattern` wants, one byte one character (Latin-1). Reused for text
/// after text: a matcher keeps hold of it.
final class ByteText implements CharSequence {
  private byte[] bytes = new byte[0];
  private int length;

  void set(byte[] text, int to) {
    this.bytes = text;
    this.length = to;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public char charAt(int index) {
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
