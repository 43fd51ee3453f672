package dev.stanch.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What runs at GitHub: our action and our own workflows.
final class WorkflowsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static List<Path> files() throws IOException {
    var files = new ArrayList<Path>();
    files.add(ROOT.resolve("action.yml"));
    try (Stream<Path> workflows = Files.list(ROOT.resolve(".github/workflows"))) {
      workflows.forEach(files::add);
    }
    return files;
  }

  @Test
  void pinsWhatOthersWroteByCommit() throws IOException {
    for (Path file : files()) {
      for (JsonNode uses : yaml(file).findValues("uses")) {
        assertThat(uses.asText()).as("%s", file).matches("\\./|[a-z-]+/[a-z-]+@[0-9a-f]{40}");
      }
    }
  }

  /// What a stranger chose (a branch's name, a title) must not become part of a script.
  @Test
  void putsNoExpressionIntoAScript() throws IOException {
    for (Path file : files()) {
      for (JsonNode script : yaml(file).findValues("run")) {
        assertThat(script.asText()).as("%s", file).doesNotContain("${{");
      }
    }
  }

  @Test
  void givesItsJobsNoRightsThatTheyDoNotName() throws IOException {
    for (Path file : files()) {
      if (!file.endsWith("action.yml")) {
        assertThat(yaml(file).path("permissions"))
            .as("%s", file)
            .isEqualTo(new ObjectMapper().createObjectNode().put("contents", "read"));
      }
    }
  }

  @Test
  void passesActionlint() throws Exception {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(each -> Files.isExecutable(Path.of(each, "actionlint"))),
        "actionlint is not on the PATH");
    Process process =
        new ProcessBuilder("actionlint", "-no-color")
            .directory(ROOT.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  private static JsonNode yaml(Path file) throws IOException {
    return new ObjectMapper(new YAMLFactory()).readTree(file.toFile());
  }
}
