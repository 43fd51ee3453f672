package dev.stanch.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stanch.cli.CommandRun;
import dev.stanch.detectors.rule.ExampleTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What acts on tokens takes those that `scan` counts: the same rules run, and the same
/// suppressions hold.
class ConfiguredResponseTest {
  private static final String CONFIGURATION =
      """
      rules:
        - id: acme-key
          name: Acme key
          provider: acme
          impact: Opens all
          evidence: prefix
          severity: high
          pattern: '\\b(acme_[a-z0-9]{12})\\b'
          keywords: [acme_]
      allow:
        - reason: of the parser
          paths: ['fixtures/']
      """;

  @TempDir private Path home;

  @BeforeEach
  void write() throws IOException {
    write("a.env", "ACME=" + new ExampleTemplate("acme_{{lower+digit:12}}").expand(1) + "\n");
    write("fixtures/b.env", password(2));
    write("c.env", password(3));
  }

  private static String password(int seed) {
    return new ExampleTemplate("DB_PASSWORD={{alnum:24}}\n").expand(seed);
  }

  private void write(String path, String text) throws IOException {
    Path file = home.resolve("app").resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private CommandRun run(String... args) {
    return CommandRun.in(home).with("HOME", home.toString()).run(args);
  }

  /// The paths of the tokens that a plan speaks of.
  private List<String> planned(String... more) throws IOException {
    var args = new ArrayList<>(List.of("plan", "dir:app", "--format", "json"));
    args.addAll(List.of(more));
    CommandRun run = run(args.toArray(String[]::new));
    var paths = new ArrayList<String>();
    for (JsonNode step : new ObjectMapper().readTree(run.out()).path("steps")) {
      for (JsonNode place : step.findValues("path")) {
        paths.add(place.asText());
      }
    }
    return paths.stream().sorted().toList();
  }

  @Test
  void takesWhatCountsWithoutAnyConfiguration() throws Exception {
    assertThat(planned()).containsExactly("c.env", "fixtures/b.env");
  }

  @Test
  void leavesOutWhatTheTreeAllowsAndWhatItsOwnRulesFind() throws Exception {
    write("stanch.yml", CONFIGURATION);
    assertThat(planned()).containsExactly("c.env");
    assertThat(run("plan", "dir:app").err())
        .contains("warning: 1 tokens are suppressed", "warning: 1 tokens are left out: the rules");
    assertThat(planned("--no-suppress")).containsExactly("c.env", "fixtures/b.env");
  }

  @Test
  void takesARuleThatTheCallerNames() throws Exception {
    write("stanch.yml", CONFIGURATION);
    assertThat(planned("--config", "app/stanch.yml")).containsExactly("a.env", "c.env");
    write("strict.yml", "disabled-rules: [acme-key]\nmin-confidence: 1\n");
    assertThat(planned("--config", "app/strict.yml")).isEmpty();
  }

  @Test
  void leavesOutWhatABaselineAccepts() throws Exception {
    assertThat(run("baseline", "create", "dir:app", "--reason", "old").status()).isEqualTo(0);
    assertThat(planned()).isEmpty();
    assertThat(planned("--no-suppress")).containsExactly("c.env", "fixtures/b.env");
  }

  @Test
  void acceptsNothingThatIsAllowedAlready() throws Exception {
    write("stanch.yml", CONFIGURATION);
    assertThat(run("baseline", "create", "dir:app", "--reason", "old").out())
        .isEqualTo(".stanch-baseline: 2 added, 0 dropped, 2 in all\n");
    assertThat(Files.readString(home.resolve("app/.stanch-baseline")))
        .contains("a.env", "c.env")
        .doesNotContain("b.env");
    assertThat(run("baseline", "audit", "dir:app").status()).isEqualTo(0);
    write("strict.yml", "min-confidence: 1\n");
    assertThat(run("baseline", "update", "dir:app", "--config", "app/strict.yml", "--reason", "x"))
        .extracting(CommandRun::out)
        .isEqualTo(".stanch-baseline: 0 added, 0 dropped, 2 in all\n");
  }

  @Test
  void leavesOutWhatAReportCallsSuppressed() throws Exception {
    write("stanch.yml", CONFIGURATION);
    run("scan", "dir", "app", "--format", "json", "--output", "report.json");
    var out = new ArrayList<String>();
    for (String more : List.of("--quiet", "--no-suppress")) {
      out.add(run("plan", "report.json", more, "--format", "json").out());
    }
    assertThat(out.getFirst()).contains("c.env").doesNotContain("b.env");
    assertThat(out.getLast()).contains("c.env", "b.env");
  }
}
