package dev.stanch.detectors.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TokenEfficiencyTest {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private final TokenEfficiency table = TokenEfficiency.table();

  @Test
  void wordsTakeFewTokensAndRandomTextMany() {
    assertThat(measure("configuration")).isGreaterThan(3.5);
    assertThat(measure("authentication_provider")).isGreaterThan(3.5);
    assertThat(measure("x8Kq2ZpL0vTn7RwY")).isLessThan(2.2);
  }

  /// The table holds the first merges of the vocabulary only, so it can never do better than the
  /// whole of it, and on random text hardly does worse.
  @Test
  void agreesWithTheWholeVocabularyOnRandomText() {
    Encoding oracle = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.CL100K_BASE);
    long seed = 20261122;
    var random = new Random(seed);
    double ours = 0;
    double theirs = 0;
    for (int i = 0; i < 300; i++) {
      var text = new StringBuilder();
      for (int k = 0; k < 40; k++) {
        text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
      }
      ours += measure(text.toString());
      theirs += 40.0 / oracle.countTokensOrdinary(text.toString());
    }
    assertThat(ours / theirs).as("seed %d", seed).isBetween(0.85, 1.1);
  }

  private double measure(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return table.charactersPerToken(bytes, 0, bytes.length);
  }
}
