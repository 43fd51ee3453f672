package dev.stanch.detectors.scan;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

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
  TAR,
  PICTURE,
  SOUND,
  FONT,
  /// Stands for a file that Git LFS keeps elsewhere.
  LFS_POINTER;

  /// Enough bytes to tell.
  static final int HEAD = 512;

  private static final int TAR_MAGIC = 257;

  /// How far a text is searched for a zero byte, as git does.
  private static final int BINARY_HEAD = 8000;

  private static final byte[] LFS =
      "version https://git-lfs.github.com/spec/".getBytes(StandardCharsets.US_ASCII);

  /// What a report calls texts of this kind when it lists them as left out; null where they are
  /// read.
  @Nullable String exclusion() {
    return switch (this) {
      case PICTURE -> "picture";
      case SOUND -> "sound or video";
      case FONT -> "font";
      case LFS_POINTER -> "body kept by Git LFS";
      case PLAIN, UTF16_LITTLE, UTF16_BIG, ZIP, GZIP, BZIP2, XZ, ZSTD, TAR -> null;
    };
  }

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
    if (head[0] == 'v' && length < HEAD && begins(head, length, LFS)) {
      return LFS_POINTER;
    }
    Content medium = medium(head, length);
    return medium != PLAIN && isBinary(head, Math.min(length, HEAD))
        ? medium
        : withoutMark(head, length);
  }

  /// Pictures, sound, video and fonts, by how their formats say a file begins.
  private static Content medium(byte[] head, int length) {
    if (length < 16) {
      return PLAIN;
    }
    return switch (big(head, 0)) {
      case 0x89504e47, 0x47494638, 0x00000100, 0x49492a00, 0x4d4d002a, 0x38425053 -> PICTURE;
      case 0x00010000, 0x4f54544f, 0x774f4646, 0x774f4632, 0x74746366, 0x74727565 -> FONT;
      case 0x4f676753, 0x664c6143, 0x1a45dfa3, 0x000001ba, 0x000001b3 -> SOUND;
      case 0x52494646 -> big(head, 8) == 0x57454250 ? PICTURE : SOUND;
      default -> {
        if (big(head, 4) == 0x66747970) { // ftyp
          int brand = big(head, 8);
          yield brand == 0x61766966 || brand == 0x68656963 ? PICTURE : SOUND;
        }
        if (big(head, 0) >>> 8 == 0xffd8ff) {
          yield PICTURE;
        }
        yield big(head, 0) >>> 8 == 0x494433 || big(head, 0) >>> 16 == 0xfffb ? SOUND : PLAIN;
      }
    };
  }

  private static int big(byte[] bytes, int at) {
    return bytes[at] << 24
        | (bytes[at + 1] & 0xff) << 16
        | (bytes[at + 2] & 0xff) << 8
        | bytes[at + 3] & 0xff;
  }

  private static boolean begins(byte[] head, int length, byte[] with) {
    return length >= with.length && Arrays.equals(head, 0, with.length, with, 0, with.length);
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
    int end = Math.min(length, BINARY_HEAD);
    int at = 0;
    for (; at + EightBytes.COUNT <= end; at += EightBytes.COUNT) {
      if (EightBytes.anyZero(text, at)) {
        return true;
      }
    }
    for (; at < end; at++) {
      if (text[at] == 0) {
        return true;
      }
    }
    return false;
  }
}
