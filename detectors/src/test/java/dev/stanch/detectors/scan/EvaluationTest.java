package dev.stanch.detectors.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.detectors.rule.BuiltInRules;
import dev.stanch.detectors.rule.RuleTables;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// An evaluation depends on nothing but the bytes that it says it examined: what scanning versions
/// of files as deltas rests on.
class EvaluationTest {
  private static final byte[] NOISE =
      "aB3_ -\"'\n=:{}()[],;/.<>#*password token key client \\x"
          .getBytes(StandardCharsets.US_ASCII);

  private final Detector detector = new Detector(RuleTables.builtIn());
  private final DetectorSession session = detector.open();

  @Test
  void otherSurroundingsGiveTheSameCandidates() {
    long seed = 20261122;
    var random = new Random(seed);
    int evaluations = 0;
    var rules = BuiltInRules.load().rules();
    for (int i = 0; i < rules.size(); i += 7) {
      for (var example : rules.get(i).match()) {
        evaluations += check(example.expand(seed + i).getBytes(StandardCharsets.UTF_8), random);
      }
    }
    assertThat(evaluations).isGreaterThan(500);
  }

  private int check(byte[] text, Random random) {
    var hits = new ArrayList<int[]>();
    detector
        .automaton()
        .run(
            text,
            0,
            text.length,
            new Automaton.Lanes(),
            (keyword, start, end) -> hits.add(new int[] {keyword, start, end}));
    for (int[] hit : hits) {
      String here = evaluate(text, hit[0], hit[1], hit[2]);
      int low = session.examinedFrom();
      int high = session.examinedTo();
      assertThat(hit[1] - low).isLessThanOrEqualTo(Detector.BACK);
      assertThat(high - hit[1]).isLessThanOrEqualTo(Detector.AHEAD);
      int from = Math.max(0, low);
      int to = Math.min(text.length, high);
      byte[] front = low < 0 ? new byte[0] : noise(random);
      byte[] back = high > text.length ? new byte[0] : noise(random);
      byte[] other = Arrays.copyOf(front, front.length + to - from + back.length);
      System.arraycopy(text, from, other, front.length, to - from);
      System.arraycopy(back, 0, other, front.length + to - from, back.length);
      int shift = front.length - from;
      assertThat(evaluate(other, hit[0], hit[1] + shift, hit[2] + shift))
          .as(detector.tables().keyword(hit[0]))
          .isEqualTo(here);
    }
    return hits.size();
  }

  private static byte[] noise(Random random) {
    byte[] noise = new byte[64 + random.nextInt(600)];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = NOISE[random.nextInt(NOISE.length)];
    }
    return noise;
  }

  private String evaluate(byte[] text, int keyword, int start, int end) {
    var outcome = new StringBuilder();
    session.use(text, 0, text.length);
    session.evaluate(
        keyword,
        start,
        end,
        (_, found) ->
            outcome
                .append(found.rule())
                .append(found.provider())
                .append(found.offset())
                .append(' ')
                .append(found.length())
                .append(found.confidence())
                .append(found.why()));
    return outcome.toString();
  }
}
