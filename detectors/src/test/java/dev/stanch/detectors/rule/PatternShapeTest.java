package dev.stanch.detectors.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PatternShapeTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"[\\\ufffd]", "\\\u00ff", "a\\x-1", "\\x+5", "\\x1", "a{-3,2}", "(a){-1}"})
  void refusesWhatNoByteStandsFor(String pattern) {
    assertThatThrownBy(() -> PatternShape.of(pattern))
        .isInstanceOf(NotOfTheDialect.class)
        .hasMessageContaining("not allowed");
  }

  @Test
  void refusesGroupsThatWouldExhaustTheStack() {
    assertThatThrownBy(() -> PatternShape.of("(".repeat(20_000) + "a" + ")".repeat(20_000)))
        .isInstanceOf(NotOfTheDialect.class)
        .hasMessageContaining("so deep");
  }

  @Test
  void readsEscapedBytes() throws Exception {
    assertThat(PatternShape.of("(\\x41\\-b)").minLength()).isEqualTo(3);
  }
}
