package dev.stanch.detectors.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.detectors.rule.RuleTables;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Keywords are found wherever they stand, however long the text is and however it is divided among
/// the lanes.
class AutomatonTest {
  private static final long SEED = 20261126;

  private final RuleTables tables = RuleTables.builtIn();
  private final Automaton automaton = new Automaton(tables);
  private final Random random = new Random(SEED);

  private record Seen(String keyword, int start) {}

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void findsWhatASearchForEachKeywordFinds(boolean prepared) {
    prepare(prepared);
    var lanes = new Automaton.Lanes();
    for (int length :
        new int[] {0, 1, 40, 127, 128, 129, 500, 1023, 1024, 1025, 4099, 16_384, 16_385, 40_000}) {
      String text = text(length);
      var seen = new ArrayList<Seen>();
      var ends = new ArrayList<Integer>();
      automaton.run(
          text.getBytes(StandardCharsets.ISO_8859_1),
          0,
          length,
          lanes,
          (keyword, start, end) -> {
            seen.add(new Seen(tables.keyword(keyword), start));
            ends.add(end);
          });

      assertThat(ends).as("seed %d, %d bytes", SEED, length).isSorted();
      assertThat(seen)
          .as("seed %d, %d bytes", SEED, length)
          .containsExactlyInAnyOrderElementsOf(searched(text));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void reportsNothingThatBeginsBeforeTheStretch(boolean prepared) {
    prepare(prepared);
    String text = text(20_000);
    int from = 3000;
    var seen = new ArrayList<Seen>();
    automaton.run(
        text.getBytes(StandardCharsets.ISO_8859_1),
        from,
        text.length(),
        new Automaton.Lanes(),
        (keyword, start, end) -> seen.add(new Seen(tables.keyword(keyword), start)));

    assertThat(seen)
        .as("seed %d", SEED)
        .containsExactlyInAnyOrderElementsOf(
            searched(text).stream().filter(one -> one.start() >= from).toList());
  }

  @Test
  void reportsWhatOverlapsAnInsertion() {
    String text = text(20_000);
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    List<Seen> all = searched(text);
    for (int i = 0; i < 300; i++) {
      int from = random.nextInt(text.length());
      int to = Math.min(text.length(), from + 1 + random.nextInt(i % 2 == 0 ? 60 : 2000));
      int known = random.nextInt(from + 1);
      var seen = new ArrayList<Seen>();
      automaton.runAcross(
          bytes,
          known,
          from,
          to,
          bytes.length,
          new Automaton.Lanes(),
          (keyword, start, end) -> seen.add(new Seen(tables.keyword(keyword), start)));

      assertThat(seen)
          .as("seed %d, [%d, %d), known to %d", SEED, from, to, known)
          .containsExactlyInAnyOrderElementsOf(
              all.stream()
                  .filter(one -> one.start() >= known && one.start() < to)
                  .filter(one -> one.start() + one.keyword().length() > from)
                  .toList());
    }
  }

  private void prepare(boolean prepared) {
    if (prepared) {
      automaton.prepare();
    }
  }

  /// Keywords, pieces of them and other bytes, in any case.
  private String text(int length) {
    var text = new StringBuilder();
    while (text.length() < length) {
      String keyword = tables.keyword(random.nextInt(tables.keywordCount()));
      switch (random.nextInt(4)) {
        case 0 -> text.append(keyword.toUpperCase(Locale.ROOT));
        case 1 -> text.append(keyword, 0, random.nextInt(keyword.length() + 1));
        case 2 -> text.append(keyword);
        default -> text.append((char) random.nextInt(256));
      }
    }
    text.setLength(length);
    return text.toString();
  }

  private List<Seen> searched(String text) {
    var lower = new StringBuilder(text);
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      lower.setCharAt(i, c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
    }
    var all = new ArrayList<Seen>();
    for (int k = 0; k < tables.keywordCount(); k++) {
      String keyword =
          new String(
              tables.keyword(k).getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
      for (int at = lower.indexOf(keyword); at >= 0; at = lower.indexOf(keyword, at + 1)) {
        all.add(new Seen(tables.keyword(k), at));
      }
    }
    all.sort(Comparator.comparingInt(Seen::start));
    return all;
  }
}
