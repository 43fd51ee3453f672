package dev.stanch.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stanch.cli.CommandRun;
import dev.stanch.detectors.rule.ExampleTemplate;
import dev.stanch.fixtures.FakeHuggingFace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Scans of a real repository through the whole command line.
final class ScanGitCommandTest {
  private static final String ASSIGNMENT =
      new ExampleTemplate("HF_TOKEN=\"{{\"hf_\"}}{{alpha:34}}\"\n").expand(1);

  private static final String OTHER =
      new ExampleTemplate("HF_TOKEN=\"{{\"hf_\"}}{{alpha:34}}\"\n").expand(2);

  @TempDir private Path home;

  @BeforeEach
  void makeRepository() throws Exception {
    git("init", "--quiet", "--initial-branch=main", "app");
    Files.createDirectories(home.resolve("app/src"));
    Files.writeString(home.resolve("app/src/a.env"), ASSIGNMENT);
    git("-C", "app", "add", ".");
    git("-C", "app", "commit", "--quiet", "-m", "Add settings");
  }

  private void git(String... args) throws IOException, InterruptedException {
    var command = new ArrayList<String>(List.of("git"));
    command.addAll(List.of(args));
    var builder = new ProcessBuilder(command).directory(home.toFile()).inheritIO();
    var environment = builder.environment();
    environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
    environment.put("GIT_CONFIG_SYSTEM", "/dev/null");
    for (String who : List.of("AUTHOR", "COMMITTER")) {
      environment.put("GIT_" + who + "_NAME", "Ann");
      environment.put("GIT_" + who + "_EMAIL", "ann@example.org");
      environment.put("GIT_" + who + "_DATE", "2024-05-06T07:08:09Z");
    }
    assertThat(builder.start().waitFor()).isZero();
  }

  private CommandRun run(String... args) {
    return CommandRun.in(home).run(args);
  }

  private static JsonNode first(CommandRun run) throws IOException {
    return new ObjectMapper().readTree(run.out().lines().findFirst().orElseThrow());
  }

  @Test
  void saysWhoLeakedTheTokenWhen() throws IOException {
    var text = run("scan", "git", "app");
    assertThat(text.out())
        .contains("at      src/a.env:1:11  since ", " by Ann", " on 2024-05-06")
        .contains("removing the line leaves it in the history");
    assertThat(text.status()).isEqualTo(1);
    var place = first(run("scan", "git", "-f", "jsonl", "app")).path("places").get(0);
    assertThat(place.path("kind").asText()).isEqualTo("git");
    assertThat(place.path("inTips").asBoolean()).isTrue();
  }

  /// History, checkout and clones, whatever the address they were fetched from.
  @Test
  void givesTheFingerprintOfTheCheckout() throws Exception {
    git("clone", "--quiet", "app", "clone");
    git("clone", "--quiet", "--bare", "app", "bare.git");
    git("-C", "app", "remote", "add", "origin", "https://example.org/acme/app.git");
    git("-C", "clone", "remote", "set-url", "origin", "ssh://git@example.org:2222/acme/app");
    git("-C", "bare.git", "remote", "set-url", "origin", "git@example.org:acme/app.git");
    var wanted = first(run("scan", "dir", "-f", "jsonl", "app/src")).path("fingerprints");
    assertThat(wanted).hasSize(1);
    for (String repository : List.of("app", "app/src", "clone", "bare.git")) {
      assertThat(first(run("scan", "git", "-f", "jsonl", repository)).path("fingerprints"))
          .as(repository)
          .isEqualTo(wanted);
    }
  }

  @Test
  void leavesAPartialReportWhenInterrupted() throws IOException {
    var run = CommandRun.in(home).interrupted().run("scan", "git", "-f", "jsonl", "app");
    var lines = run.out().lines().toList();
    assertThat(new ObjectMapper().readTree(lines.getLast()).path("state").asText())
        .isEqualTo("interrupted");
    assertThat(run.status()).isEqualTo(3);
  }

  @Test
  void asksTheProviderOnlyWhenToldTo() throws Exception {
    String token = ASSIGNMENT.substring(ASSIGNMENT.indexOf('"') + 1, ASSIGNMENT.lastIndexOf('"'));
    try (var hub = new FakeHuggingFace()) {
      hub.issue(token, "acme-bot", "write");
      var here = CommandRun.in(home).with("HF_ENDPOINT", hub.endpoint());
      assertThat(first(here.run("scan", "git", "-f", "jsonl", "app")).at("/verification/verdict"))
          .hasToString("\"not-checked\"");
      assertThat(hub.requests()).isEmpty();
      var asked = first(here.run("scan", "git", "--verify", "-f", "jsonl", "app"));
      assertThat(asked.at("/verification/verdict").asText()).isEqualTo("live");
      assertThat(asked.at("/verification/identity").asText()).isEqualTo("acme-bot");
      assertThat(asked.at("/verification/checkedAt").asText()).isEqualTo("2026-03-01T12:00:00Z");
      assertThat(here.run("scan", "git", "--verify", "app").out())
          .contains("verdict live, belongs to acme-bot, may write");
    }
  }

  @Test
  void scansOnlyWhatSomeCommitsBring() throws Exception {
    git("-C", "app", "checkout", "--quiet", "-b", "feature");
    git("-C", "app", "mv", "src/a.env", "src/moved.env");
    Files.writeString(home.resolve("app/src/moved.env"), "# moved\n" + ASSIGNMENT);
    git("-C", "app", "commit", "--quiet", "-a", "-m", "Move settings");
    Files.writeString(home.resolve("app/src/b.env"), OTHER);
    git("-C", "app", "add", ".");
    git("-C", "app", "commit", "--quiet", "-m", "Add others");
    Files.writeString(home.resolve("app/src/b.env"), "# again\n" + OTHER);
    git("-C", "app", "commit", "--quiet", "-a", "-m", "Explain");
    for (var choice : List.of("--range=main..feature", "--range=main..", "--since=main")) {
      var run = run("scan", "git", choice, "-f", "jsonl", "app");
      assertThat(findings(run)).as(choice).hasSize(1);
      var place = first(run).at("/places/0");
      assertThat(place.path("path").asText()).isEqualTo("src/b.env");
      assertThat(place.path("line").asInt()).isEqualTo(1);
      assertThat(place.path("author").asText()).contains("Ann");
      assertThat(place.path("inTips").asBoolean()).isTrue();
      assertThat(run.status()).isEqualTo(1);
    }
    assertThat(findings(run("scan", "git", "--branch=main", "-f", "jsonl", "app"))).hasSize(1);
    assertThat(findings(run("scan", "git", "-f", "jsonl", "app"))).hasSize(2);
    assertThat(run("scan", "git", "--range=feature..main", "app").status()).isZero();
    assertThat(run("scan", "git", "--range=feature..nowhere", "app").status()).isEqualTo(2);
    assertThat(run("scan", "git", "--range=feature", "app").status()).isEqualTo(2);
    assertThat(run("scan", "git", "--branch=nowhere", "app").status()).isEqualTo(2);
    assertThat(run("scan", "git", "--since=main", "--unreachable", "app").status()).isEqualTo(2);
  }

  @Test
  void scansWhatAPushBrings() throws Exception {
    git("-C", "app", "checkout", "--quiet", "-b", "feature");
    Files.writeString(home.resolve("app/src/b.env"), OTHER);
    git("-C", "app", "add", ".");
    git("-C", "app", "commit", "--quiet", "-m", "Add others");
    String pushed = Files.readString(home.resolve("app/.git/refs/heads/feature")).strip();
    git("-C", "app", "checkout", "--quiet", "main");
    git("-C", "app", "branch", "--quiet", "-D", "feature");
    String line = "0".repeat(40) + " " + pushed + " refs/heads/feature\n";
    var hook = CommandRun.in(home).reading(line);
    var run = hook.run("scan", "git", "--pre-receive", "-f", "jsonl", "app");
    assertThat(findings(run)).hasSize(1);
    assertThat(first(run).at("/places/0/path").asText()).isEqualTo("src/b.env");
    var deleted = CommandRun.in(home).reading(pushed + " " + "0".repeat(40) + " refs/heads/x\n");
    assertThat(deleted.run("scan", "git", "--pre-receive", "app").status()).isZero();
    var nonsense = CommandRun.in(home).reading("what?\n");
    assertThat(nonsense.run("scan", "git", "--pre-receive", "app").status()).isEqualTo(2);
  }

  /// Addresses and headers with tokens are no part of any commit.
  @Test
  void readsTheConfigurationsAsText() throws Exception {
    String inUrl = new ExampleTemplate("{{\"hf_\"}}{{alpha:34}}").expand(5);
    String inHeader = new ExampleTemplate("{{\"hf_\"}}{{alpha:34}}").expand(6);
    String inSubmodule = new ExampleTemplate("{{\"hf_\"}}{{alpha:34}}").expand(7);
    String inWorktree = new ExampleTemplate("{{\"hf_\"}}{{alpha:34}}").expand(8);
    git("-C", "app", "remote", "add", "origin", "https://me:" + inUrl + "@example.org/a/b.git");
    git("-C", "app", "config", "http.extraHeader", "Authorization: Bearer " + inHeader);
    git("-C", "app", "worktree", "add", "--quiet", home.resolve("other").toString(), "-b", "other");
    git("-C", "app", "config", "extensions.worktreeConfig", "true");
    git("-C", "other", "config", "--worktree", "x.y", inWorktree);
    git("init", "--quiet", "--bare", "app/.git/modules/libs/one");
    git("-C", "app/.git/modules/libs/one", "config", "url." + inSubmodule + ".insteadOf", "x");
    var run = run("scan", "git", "-f", "jsonl", "app");
    assertThat(run.out()).doesNotContain(inUrl, inHeader, inSubmodule, inWorktree);
    var places = new ArrayList<String>();
    for (String line : findings(run)) {
      for (JsonNode place : new ObjectMapper().readTree(line).path("places")) {
        if (place.path("kind").asText().equals("git-config")) {
          places.add(place.path("path").asText());
        }
      }
    }
    assertThat(places)
        .containsExactlyInAnyOrder(
            ".git/config",
            ".git/config",
            ".git/modules/libs/one/config",
            ".git/worktrees/other/config.worktree");
    assertThat(run("scan", "git", "app").out()).contains(".git/config:", "on this machine only");
    // A branch's history has no configuration.
    assertThat(findings(run("scan", "git", "--branch", "main", "-f", "jsonl", "app"))).hasSize(1);
  }

  @Test
  void listsSubmodulesAsExcluded() throws Exception {
    git("init", "--quiet", "app/lib");
    Files.writeString(home.resolve("app/lib/b.env"), OTHER);
    git("-C", "app/lib", "add", ".");
    git("-C", "app/lib", "commit", "--quiet", "-m", "x");
    git("-C", "app", "-c", "advice.addEmbeddedRepo=false", "add", "lib");
    git("-C", "app", "commit", "--quiet", "-m", "Add lib");
    for (String source : List.of("git", "dir")) {
      var run = run("scan", source, "-f", "jsonl", "app");
      assertThat(findings(run)).as(source).hasSize(1);
      assertThat(run.out()).contains("\"path\":\"lib\"").contains("\"reason\":\"submodule\"");
      assertThat(run.status()).isEqualTo(1);
    }
  }

  private static List<String> findings(CommandRun run) {
    return run.out().lines().filter(line -> line.contains("\"type\":\"finding\"")).toList();
  }

  @Test
  void saysThatThereIsNoRepository() throws IOException {
    Files.createDirectories(home.resolve("plain"));
    var run = run("scan", "git", "plain");
    assertThat(run.err()).startsWith("error: ").contains("hint: ");
    assertThat(run.status()).isIn(2, 3);
  }
}
