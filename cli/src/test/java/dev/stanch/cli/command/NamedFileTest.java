package dev.stanch.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.cli.CommandRun;
import dev.stanch.cli.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that options name are missed in the same words, whatever is to stand in them.
final class NamedFileTest {
  @TempDir private Path home;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plan --keys FILE dir:.",
        "plan --rotate --sinks FILE dir:.",
        "plan --due --policy FILE dir:.",
        "revoke --plan FILE",
        "report FILE --format md",
      })
  void saysThatThereIsNone(String command) {
    var run = CommandRun.in(home).run(command.replace("FILE", "none.txt").split(" "));
    assertThat(run.err()).contains("error: no such file: none.txt\nhint: check the path\n");
    assertThat(run.status()).isEqualTo(ExitCode.USAGE.value());
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan --rotate --sinks FILE dir:.", "plan --due --policy FILE dir:."})
  void namesTheMistakesOfAMapping(String command) throws Exception {
    Files.writeString(home.resolve("list.yml"), "- one\n");
    var run = CommandRun.in(home).run(command.replace("FILE", "list.yml").split(" "));
    assertThat(run.err())
        .contains("list.yml: line 1: fields with values are to stand here")
        .contains("error: list.yml has mistakes");
    assertThat(run.status()).isEqualTo(ExitCode.USAGE.value());
  }
}
