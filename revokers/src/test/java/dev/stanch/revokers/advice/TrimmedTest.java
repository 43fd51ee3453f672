package dev.stanch.revokers.advice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TrimmedTest {
  @ParameterizedTest
  @CsvSource({
    "N#https://, https://acme.example/a/b.git, acme.example/a/b.git",
    "N#http://, https://acme.example, https://acme.example",
    "N#*/, a/b/c, b/c",
    "N##*/, a/b/c, c",
    "N%.git, a/b.git, a/b",
    "N%.git, a/b, a/b",
    "N%/*, a/b/c, a/b",
    "N%%/*, a/b/c, a",
  })
  void losesWhatTheShellTakesOff(String inside, String value, String left) {
    Trimmed trimmed = Trimmed.of(inside).orElseThrow();
    assertThat(trimmed.name()).isEqualTo("N");
    assertThat(trimmed.left(value)).isEqualTo(left);
  }

  @ParameterizedTest
  @ValueSource(strings = {"N", "N:-x", "#N", "N#[ab]", "N##*-*", "N#", "1#a"})
  void readsNothingElse(String inside) {
    assertThat(Trimmed.of(inside)).isEmpty();
  }
}
