package dev.stanch.detectors.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.detectors.model.Location;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/// Lines are counted eight bytes at a time: the counts are held to a plain one.
final class LinesTest {
  @RepeatedTest(200)
  void countsAsOneByteAtATime(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    byte[] text = new byte[random.nextInt(120)];
    byte[] alphabet = {'\n', '\n', '\r', 'a', 0x0b, (byte) 0x8a, -1, 0};
    for (int i = 0; i < text.length; i++) {
      text[i] = alphabet[random.nextInt(alphabet.length)];
    }
    Lines lines = new Lines();
    long base = random.nextBoolean() ? 0 : 1_000;
    lines.countTo(new byte[(int) base], 0, (int) base);
    for (int from = 0; from <= text.length; from += 1 + random.nextInt(30)) {
      int to = Math.min(text.length, from + random.nextInt(5));
      assertThat(lines.locate(text, base, from, to)).isEqualTo(plain(text, base, from, to));
    }
  }

  private static Location plain(byte[] text, long base, int from, int to) {
    int[] place = {1, (int) base + 1};
    int i = 0;
    for (; i < from; i++) {
      step(place, text[i]);
    }
    int line = place[0];
    int column = place[1];
    for (; i < to; i++) {
      step(place, text[i]);
    }
    return new Location(line, column, place[0], place[1], base + from);
  }

  private static void step(int[] place, byte b) {
    if (b == '\n') {
      place[0]++;
      place[1] = 1;
    } else {
      place[1]++;
    }
  }
}
