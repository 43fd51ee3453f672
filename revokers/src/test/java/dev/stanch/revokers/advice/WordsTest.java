package dev.stanch.revokers.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.revokers.spi.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class WordsTest {
  private static final List<String> PIECES =
      List.of("a", "b", "TOKEN", "$x", ".", "-", "/", " ", "\n", "é", "_", "\"");

  /// What is told by hashes is what reading every text tells.
  @Test
  void findsWhatReadingAllFilesFinds() {
    var random = new Random(7);
    var files = new ArrayList<Code.File>();
    for (int i = 0; i < 200; i++) {
      files.add(new Code.File("f" + i + ".py", text(random, 12), Code.Role.BESIDE));
    }
    var words = new Words(files);
    int found = 0;
    for (int i = 0; i < 2000; i++) {
      String word = text(random, 1 + i % 4);
      int[] mentioning =
          IntStream.range(0, files.size())
              .filter(each -> Script.mentions(files.get(each).text(), word))
              .toArray();
      assertThat(words.mentioning(word)).as("'%s'", word).isEqualTo(mentioning);
      for (Code.File file : files.subList(0, 20)) {
        boolean may = Words.mayMention(Words.hashes(file.text()), word);
        assertThat(may || !Script.mentions(file.text(), word)).as("'%s'", word).isTrue();
      }
      found += mentioning.length;
    }
    assertThat(found).isPositive();
  }

  private static String text(Random random, int pieces) {
    var text = new StringBuilder();
    for (int i = 0; i < pieces; i++) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }
}
