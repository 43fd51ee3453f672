package dev.stanch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class ReadmeTest {
  @Test
  void listsTheExitCodesThatThereAre() throws IOException {
    String readme = Files.readString(Path.of("../README.md"));
    var listed =
        Pattern.compile("(?m)^\\| (\\d+) \\|")
            .matcher(readme)
            .results()
            .map(match -> Integer.valueOf(match.group(1)));
    assertThat(listed)
        .containsExactlyElementsOf(Arrays.stream(ExitCode.values()).map(ExitCode::value).toList());
  }
}
