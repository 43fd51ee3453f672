package dev.stanch.detectors.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.rule.RuleTables;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class KnownPrefixesTest {
  private static final String BODY = "x7Q2mZ9pLr4TvB8nKd3WsF6hJy1GcA5eUoXi7Q2m";

  private final KnownPrefixes prefixes = new Detector(RuleTables.builtIn()).prefixes();

  private boolean isMalformed(String prefix, int length, String service) {
    byte[] value = (prefix + BODY.substring(0, length)).getBytes(StandardCharsets.UTF_8);
    return prefixes.isMalformed(value, 0, value.length, new ProviderId(service));
  }

  @Test
  void aTokenWithAChecksumIsFoundByItsRuleOrNone() {
    assertThat(isMalformed("gh" + "p_", 36, "generic")).isTrue();
  }

  @Test
  void aTokenOfTheWrongLengthIsNone() {
    assertThat(isMalformed("glpat" + "-", 9, "gitlab")).isTrue();
    assertThat(isMalformed("AI" + "za", 24, "generic")).isTrue();
  }

  @Test
  void aPrefixOfManyServicesSaysNothingOfAnothersToken() {
    assertThat(isMalformed("sk" + "_", 24, "revenuecat")).isFalse();
    assertThat(isMalformed("live" + "_", 25, "messagebird")).isFalse();
    assertThat(isMalformed("sk" + "_", 8, "generic")).isTrue();
  }

  @Test
  void otherValuesHaveNoFormat() {
    assertThat(isMalformed("", 20, "generic")).isFalse();
  }
}
