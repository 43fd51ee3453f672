package dev.stanch.detectors.scan;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Decodes a run as hexadecimal or base64 where the result is text. One per thread: its buffer is
/// reused.
final class RunDecoder {
  private static final byte[] VALUES = new byte[128];

  static {
    Arrays.fill(VALUES, (byte) -1);
    for (int i = 0; i < 26; i++) {
      VALUES['A' + i] = (byte) i;
      VALUES['a' + i] = (byte) (26 + i);
    }
    for (int i = 0; i < 10; i++) {
      VALUES['0' + i] = (byte) (52 + i);
    }
    VALUES['+'] = VALUES['-'] = 62;
    VALUES['/'] = VALUES['_'] = 63;
  }

  private byte[] out = new byte[EncodedRuns.LONGEST];
  private int length;

  /// The way a run was read: `hex` or `base64`, or null when it is no encoded text.
  @Nullable String decode(byte[] text, int from, int to) {
    if ((to - from) % 2 == 0 && hex(text, from, to)) {
      return "hex";
    }
    return base64(text, from, to) ? "base64" : null;
  }

  byte[] bytes() {
    return out;
  }

  int length() {
    return length;
  }

  private boolean hex(byte[] text, int from, int to) {
    length = 0;
    for (int i = from; i < to; i += 2) {
      int high = Character.digit(text[i], 16);
      int low = Character.digit(text[i + 1], 16);
      if (high < 0 || low < 0 || !add(high << 4 | low)) {
        return false;
      }
    }
    return true;
  }

  private boolean base64(byte[] text, int from, int to) {
    if ((to - from) % 4 == 1) {
      return false;
    }
    length = 0;
    int bits = 0;
    int held = 0;
    for (int i = from; i < to; i++) {
      int value = text[i] < 0 ? -1 : VALUES[text[i]];
      if (value < 0) {
        return false;
      }
      bits = bits << 6 | value;
      held += 6;
      if (held >= 8) {
        held -= 8;
        if (!add(bits >>> held & 0xff)) {
          return false;
        }
      }
    }
    return true;
  }

  /// Takes a decoded byte; false when it is no text. Names and numbers in code fail within a few
  /// bytes.
  private boolean add(int b) {
    if (b < ' ' && b != '\n' && b != '\r' && b != '\t' || b == 0x7f || b >= 0x80 && length < 16) {
      return false;
    }
    out[length++] = (byte) b;
    return true;
  }
}
