package dev.stanch.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stanch.cli.CommandRun;
import dev.stanch.detectors.rule.ExampleTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Scans of real environments through the whole command line.
final class ScanEnvCommandTest {
  private static final String TOKEN = new ExampleTemplate("{{\"hf_\"}}{{alpha:34}}").expand(1);

  @TempDir private Path home;

  private static JsonNode place(String jsonl) throws IOException {
    for (String line : jsonl.lines().toList()) {
      JsonNode object = new ObjectMapper().readTree(line);
      if (object.path("type").asText().equals("finding")) {
        return object.path("places").get(0);
      }
    }
    throw new AssertionError("no finding in " + jsonl);
  }

  @Test
  void readsItsOwnEnvironment() throws IOException {
    var run = CommandRun.in(home).with("HF_TOKEN", TOKEN).run("scan", "env", "--format", "jsonl");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).doesNotContain(TOKEN);
    JsonNode place = place(run.out());
    assertThat(place.path("kind").asText()).isEqualTo("process");
    assertThat(place.path("container").asText()).isEqualTo("process:self");
    assertThat(place.path("path").asText()).isEqualTo("HF_TOKEN");
    assertThat(place.path("column").asInt()).isEqualTo(10);
  }

  @Test
  void readsTheEnvironmentOfAnotherProcess() throws IOException, InterruptedException {
    assumeThat(Path.of("/proc/self/environ")).as("processes are shown").exists();
    var builder = new ProcessBuilder("sleep", "60");
    builder.environment().put("HF_TOKEN", TOKEN);
    Process other = builder.start();
    try {
      // Between fork and exec a process still shows what its parent was started with.
      while (!Files.readString(Path.of("/proc/" + other.pid() + "/cmdline")).startsWith("sleep")) {
        Thread.sleep(5);
      }
      var text = CommandRun.in(home).run("scan", "env", "--pid", String.valueOf(other.pid()));
      assertThat(text.out())
          .contains("process:" + other.pid() + ":HF_TOKEN", "program sleep")
          .doesNotContain(TOKEN);
      var json =
          CommandRun.in(home)
              .run("scan", "env", "--pid", String.valueOf(other.pid()), "--format", "jsonl");
      assertThat(json.status()).isEqualTo(1);
      assertThat(place(json.out()).path("details").path("program").asText()).isEqualTo("sleep");
    } finally {
      other.destroy();
    }
  }

  @Test
  void plansWhatIsLeftWhereAnotherPlaceIsGone() throws IOException {
    assumeThat(Path.of("/proc/self/environ")).as("processes are shown").exists();
    String password = new ExampleTemplate("{{alnum:24}}").expand(1);
    String gone = "process:" + Integer.MAX_VALUE;
    String report =
        CommandRun.in(home)
            .with("DB_PASSWORD", password)
            .run("scan", "env", "--format", "jsonl")
            .out();
    Files.writeString(
        home.resolve("report.jsonl"),
        report
            .replaceFirst("\"places\":\\[(.*?})]", "\"places\":[$1,$1]")
            .replaceFirst("process:self", gone));
    var plan = CommandRun.in(home).with("DB_PASSWORD", password).run("plan", "report.jsonl");
    assertThat(plan.err()).contains("no such process: " + Integer.MAX_VALUE);
    assertThat(plan.out()).contains("process:self:DB_PASSWORD:1");
  }

  @Test
  void refusesAllAndPidTogether() {
    var run = CommandRun.in(home).run("scan", "env", "--all", "--pid", "1");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("--all and --pid exclude each other");
  }

  @Test
  void saysWhichProcessIsNotThere() {
    assumeThat(Path.of("/proc/self/environ")).as("processes are shown").exists();
    var run = CommandRun.in(home).run("scan", "env", "--pid", String.valueOf(Integer.MAX_VALUE));
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("no such process: " + Integer.MAX_VALUE, "hint: ");
  }
}
