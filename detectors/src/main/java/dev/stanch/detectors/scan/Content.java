package dev.stanch.detectors.scan;

/// What a text's first bytes say about how to read it.
enum Content {
  PLAIN,
  UTF16_LITTLE,
  UTF16_BIG,
  ZIP,
  GZIP,
  BZIP2,
  XZ,
  ZSTD,
  TAR;

  /// Enough bytes to tell.
  static final int HEAD = 512;

  private static final int TAR_MAGIC = 257;

  /// How far a text is searched for a zero byte, as git does.
  private static final int BINARY_HEAD = 8000;

  static Content of(byte[] head, int length) {
    if (length < 4) {
      return PLAIN;
    }
    int b0 = head[0] & 0xff;
    int b1 = head[1] & 0xff;
    int b2 = head[2] & 0xff;
    int b3 = head[3] & 0xff;
    if (b0 == 0xff && b1 == 0xfe && (b2 != 0 || b3 != 0)) {
      return UTF16_LITTLE;
    }
    if (b0 == 0xfe && b1 == 0xff) {
      return UTF16_BIG;
    }
    if (b0 == 'P' && b1 == 'K' && b2 == 3 && b3 == 4) {
      return ZIP;
    }
    if (b0 == 0x1f && b1 == 0x8b && b2 == 8) {
      return GZIP;
    }
    if (b0 == 'B'
        && b1 == 'Z'
        && b2 == 'h'
        && b3 >= '1'
        && b3 <= '9'
        && length > 9
        && head[4] == 0x31
        && head[5] == 0x41) {
      return BZIP2;
    }
    if (b0 == 0xfd && b1 == '7' && b2 == 'z' && b3 == 'X') {
      return XZ;
    }
    if (b0 == 0x28 && b1 == 0xb5 && b2 == 0x2f && b3 == 0xfd) {
      return ZSTD;
    }
    if (length >= TAR_MAGIC + 5
        && head[TAR_MAGIC] == 'u'
        && head[TAR_MAGIC + 1] == 's'
        && head[TAR_MAGIC + 2] == 't'
        && head[TAR_MAGIC + 3] == 'a'
        && head[TAR_MAGIC + 4] == 'r') {
      return TAR;
    }
    return withoutMark(head, length);
  }

  /// UTF-16 without a byte order mark: ASCII with a zero beside every character.
  private static Content withoutMark(byte[] head, int length) {
    if (head[0] != 0 && head[1] != 0 || length < 8) {
      return PLAIN;
    }
    int checked = Math.min(length, 128) & ~1;
    int little = 0;
    int big = 0;
    for (int i = 0; i < checked; i += 2) {
      little += head[i] > 0 && head[i + 1] == 0 ? 1 : 0;
      big += head[i] == 0 && head[i + 1] > 0 ? 1 : 0;
    }
    if (little * 2 >= checked * 9 / 10) {
      return UTF16_LITTLE;
    }
    return big * 2 >= checked * 9 / 10 ? UTF16_BIG : PLAIN;
  }

  /// Whether a plain text is not one: in such bytes a word beside a value means nothing.
  static boolean isBinary(byte[] text, int length) {
    for (int i = 0; i < Math.min(length, BINARY_HEAD); i++) {
      if (text[i] == 0) {
        return true;
      }
    }
    return false;
  }
}
