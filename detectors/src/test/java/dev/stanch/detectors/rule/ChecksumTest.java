package dev.stanch.detectors.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChecksumTest {
  private static final String SIGNATURE = "JQQJ99BAACAAAAAAAAAAAAAAACOG";

  @ParameterizedTest
  @EnumSource
  void aTokenMadeToFitFitsAndOneChangedCharacterBreaksIt(Checksum checksum) {
    var random = new Random(7);
    for (int round = 0; round < 40; round++) {
      String token = checksum.example(prefix(checksum), random, Checksum.Check.FITTING);
      assertThat(fits(checksum, token)).as(token).isTrue();
      assertThat(fits(checksum, checksum.example(prefix(checksum), random, Checksum.Check.FAILING)))
          .isFalse();
      int at = prefix(checksum).length() + random.nextInt(20);
      char other = token.charAt(at) == 'c' ? 'd' : 'c';
      String changed = token.substring(0, at) + other + token.substring(at + 1);
      assertThat(fits(checksum, changed)).as(changed).isFalse();
    }
  }

  /// The pair of made-up keys that the format's notes give.
  @Test
  void anAzureKeyOfPlainLettersFitsWithItsOwnCheckOnly() {
    String head = "A".repeat(52) + "JQQJ99" + "BA" + "A".repeat(12) + "AAAB" + "ACOG";
    assertThat(fits(Checksum.AZURE_IDENTIFIABLE, head + "2zD" + "0")).isTrue();
    assertThat(fits(Checksum.AZURE_IDENTIFIABLE, head + "AAAA")).isFalse();
    assertThat(fits(Checksum.AZURE_IDENTIFIABLE, head + "2zD" + "0AA==")).isFalse();
  }

  /// Signature and date of an Azure key stand where the other formats have their prefix.
  private static String prefix(Checksum checksum) {
    return checksum == Checksum.AZURE_IDENTIFIABLE
        ? SIGNATURE
        : checksum == Checksum.GITLAB_ROUTABLE ? "glpat-" : "";
  }

  private static boolean fits(Checksum checksum, String token) {
    byte[] bytes = ("\"" + token + "\"").getBytes(StandardCharsets.US_ASCII);
    return checksum.fits(bytes, 1, bytes.length - 1);
  }
}
