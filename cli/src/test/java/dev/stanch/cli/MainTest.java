package dev.stanch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  @Test
  void saysWhatIsWrongWithACommandLineInWords() {
    assertThat(CommandRun.of("scna").err())
        .startsWith("error: no such command: scna\nhint: did you mean scan");
    assertThat(CommandRun.of("scan", "bogus").err())
        .isEqualTo("error: no such command: bogus\nhint: stanch scan --help lists the commands\n");
    assertThat(CommandRun.of("scan", "dir", "--format", "yaml", ".").err())
        .startsWith("error: invalid value for option '--format': 'yaml' is none of text, brief, ")
        .endsWith("hint: stanch scan dir --help lists the options\n");
    assertThat(CommandRun.of("scan", "dir", "--no-ignor", ".").err())
        .startsWith("error: unknown option: '--no-ignor'\nhint: did you mean --no-ignore");
    assertThat(CommandRun.of("scan", "env", "--pid", "x").err()).contains("'x' is no number");
    for (String[] wrong : new String[][] {{"scan", "dir"}, {"doctor", "now"}, {"report"}}) {
      var run = CommandRun.of(wrong);
      assertThat(run.err()).matches("error: [^\n]+\nhint: [^\n]+\n");
      assertThat(run.status()).isEqualTo(ExitCode.USAGE.value());
    }
  }

  @Test
  void saysWhatToDoOutsideOfARepository(@TempDir Path folder) {
    var run = CommandRun.in(folder).run("scan", "git");
    assertThat(run.err())
        .matches(
            "error: not a git repository: \\S+\nhint: name one, or read the folder itself.*\n");
    assertThat(run.status()).isEqualTo(ExitCode.INCOMPLETE.value());
  }
}
