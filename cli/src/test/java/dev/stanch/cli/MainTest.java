package dev.stanch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MainTest {
  @Test
  void printsItsVersion() {
    var run = CommandRun.of("--version");
    assertThat(run.out()).matches("stanch \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\R");
    assertThat(run.status()).isEqualTo(ExitCode.CLEAN.value());
  }

  @Test
  void asksForACommandWhenThereIsNone() {
    var run = CommandRun.of();
    assertThat(run.err()).startsWith("usage: stanch COMMAND").contains("scan", "hint: stanch ");
    assertThat(run.out()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitCode.USAGE.value());
  }

  @Test
  void namesAnOptionItDoesNotKnow() {
    var run = CommandRun.of("--no-such-option");
    assertThat(run.err()).startsWith("error: unknown option: '--no-such-option'");
    assertThat(run.status()).isEqualTo(ExitCode.USAGE.value());
  }
}
