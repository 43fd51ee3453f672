package dev.stanch.detectors.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Expressions whose compilation would not end, or would take all memory, are refused.
class LinearPatternTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?i)[A-\ufffd]",
        "(?i)x[^0-\\x{0001c83}]y",
        "a(?i:[\u0400-\u1c80])",
        "(?si)\u1c85",
        "(?i)\\x{1C88}",
        "(?ssssssssssssssi)[!-\\x{ffff}]",
        "((a{1000}){1000}){1000}",
        "(?=a)b"
      })
  void refuses(String text) {
    assertThatThrownBy(() -> compiled(text)).isInstanceOf(LinearPattern.UnusableException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?i)[a-z]+\u0416",
        "(?i)[\u0400-\u04ff]",
        "(?i)[^\\x00-\\x{7f}]",
        "[a-\ufffd]",
        "(?i)\\pL[\\x{2028}]",
        "(?P<id>[A-\u2000])(?-i)"
      })
  void takes(String text) throws Exception {
    assertThat(compiled(text)).isPositive();
  }

  private static int compiled(String text) throws LinearPattern.UnusableException {
    return LinearPattern.compile(text, Rule.Origin.USER).programSize();
  }
}
