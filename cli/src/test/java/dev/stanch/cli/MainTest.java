package dev.stanch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class MainTest {
  @Test
  void printsItsVersion() {
    var run = Run.of("--version");
    assertThat(run.out()).matches("stanch \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\R");
    assertThat(run.status()).isEqualTo(ExitCode.CLEAN.value());
  }

  @Test
  void asksForACommandWhenThereIsNone() {
    var run = Run.of();
    assertThat(run.err()).startsWith("error: no command given").contains("hint: stanch --help");
    assertThat(run.out()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitCode.USAGE.value());
  }

  @Test
  void namesAnOptionItDoesNotKnow() {
    var run = Run.of("--no-such-option");
    assertThat(run.err()).startsWith("error: unknown option: '--no-such-option'");
    assertThat(run.status()).isEqualTo(ExitCode.USAGE.value());
  }

  /// One run of the command line with its streams kept.
  private record Run(int status, String out, String err) {
    static Run of(String... args) {
      var out = new StringWriter();
      var err = new StringWriter();
      int status =
          Main.run(new PrintWriter(out), new PrintWriter(err), InputStream.nullInputStream(), args);
      return new Run(status, out.toString(), err.toString());
    }
  }
}
