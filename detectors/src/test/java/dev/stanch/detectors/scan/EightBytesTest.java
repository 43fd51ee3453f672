package dev.stanch.detectors.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What is looked at eight bytes at a time, against the same looked at one by one.
final class EightBytesTest {
  /// Bytes at the edges of the sets that are asked for, and what carries into their neighbours.
  private static final int[] BYTES = {0, 1, '\t', '\n', 11, '*', '+', ',', 'a', 0x7f, 0x80, 0xff};

  @Test
  void countsAndComparesLikeALoop() {
    var random = new Random(1);
    for (int round = 0; round < 20_000; round++) {
      byte[] text = text(random, 8 + random.nextInt(8), BYTES.length);
      int at = random.nextInt(text.length - 7);
      int ends = 0;
      boolean zero = false;
      boolean other = false;
      for (int i = at; i < at + 8; i++) {
        ends += text[i] == '\n' ? 1 : 0;
        zero |= text[i] == 0;
        other |= text[i] < '+';
      }
      assertThat(EightBytes.count(text, at, (byte) '\n')).isEqualTo(ends);
      assertThat(EightBytes.anyZero(text, at)).isEqualTo(zero);
      assertThat(EightBytes.anyBelowOrHigh(text, at, '+')).isEqualTo(other);
    }
  }

  @Test
  void seesEveryZeroOfATextsBeginning() {
    for (int length = 0; length < 40; length++) {
      byte[] text = new byte[40];
      Arrays.fill(text, (byte) 'x');
      assertThat(Content.isBinary(text, length)).isFalse();
      for (int at = 0; at < text.length; at++) {
        text[at] = 0;
        assertThat(Content.isBinary(text, length)).isEqualTo(at < length);
        text[at] = 'x';
      }
    }
  }

  @Test
  void findsTheRunsThatALoopFinds() {
    var random = new Random(3);
    for (int round = 0; round < 3000; round++) {
      byte[] text = new byte[random.nextInt(300)];
      int often = 2 + random.nextInt(60);
      for (int i = 0; i < text.length; i++) {
        text[i] =
            (byte)
                (random.nextInt(often) == 0 ? BYTES[random.nextInt(BYTES.length)] : 'A' + i % 26);
      }
      var found = new ArrayList<List<Integer>>();
      EncodedRuns.find(
          text, 0, text.length, text.length, (start, end) -> found.add(List.of(start, end)));
      var expected = new ArrayList<List<Integer>>();
      for (int start = 0, at = 0; at <= text.length; at++) {
        if (at == text.length || !EncodedRuns.inRun(text[at])) {
          if (at - start >= EncodedRuns.SHORTEST) {
            expected.add(List.of(start, at));
          }
          start = at + 1;
        }
      }
      assertThat(found).isEqualTo(expected);
    }
  }

  private static byte[] text(Random random, int length, int kinds) {
    byte[] text = new byte[length];
    for (int i = 0; i < length; i++) {
      text[i] = (byte) BYTES[random.nextInt(kinds)];
    }
    return text;
  }
}
