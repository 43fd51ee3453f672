package dev.stanch.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stanch.cli.CommandRun;
import dev.stanch.cli.ExitCode;
import dev.stanch.detectors.rule.ExampleTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a job of GitLab CI scans, by the variables that it documents. Those of GitHub are tested
/// with action.yml.
final class ScanCiCommandTest {
  private static final String ZERO = "0".repeat(40);

  @TempDir private Path home;
  private GitRun git;

  @BeforeEach
  void begin() throws IOException {
    Path origin = Files.createDirectories(home.resolve("origin"));
    var at = new GitRun(origin);
    at.text("init", "-q", "-b", "main");
    at.text("config", "uploadpack.allowAnySHA1InWant", "true");
    commit(at, origin, "old.env", leak(1));
    at.text("switch", "-q", "-c", "feature");
    commit(at, origin, "first.env", leak(2));
    commit(at, origin, "second.env", leak(3).stripTrailing() + " # stanch:allow\n");
    new GitRun(home)
        .text(
            "clone", "-q", "--depth=1", "--branch=feature", origin.toUri().toString(), "checkout");
    git = at;
  }

  private static String leak(long seed) {
    return new ExampleTemplate("HF_TOKEN=\"{{\"hf_\"}}{{alpha:34}}\"\n").expand(seed);
  }

  private static void commit(GitRun at, Path folder, String path, String text) throws IOException {
    Files.writeString(folder.resolve(path), text);
    at.text("add", ".");
    at.text("commit", "-q", "-m", "Add " + path);
  }

  private CommandRun.Setting job(String source) {
    return CommandRun.in(home)
        .with("GITLAB_CI", "true")
        .with("CI_PIPELINE_SOURCE", source)
        .with("CI_DEFAULT_BRANCH", "main")
        .with("CI_COMMIT_SHA", id("feature"))
        .with("CI_COMMIT_BRANCH", "feature")
        .with("CI_COMMIT_BEFORE_SHA", ZERO);
  }

  private CommandRun.Setting mergeRequest(String project) {
    return job("merge_request_event")
        .with("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main")
        .with("CI_MERGE_REQUEST_DIFF_BASE_SHA", id("main"))
        .with("CI_MERGE_REQUEST_PROJECT_ID", "7")
        .with("CI_MERGE_REQUEST_SOURCE_PROJECT_ID", project);
  }

  private String id(String revision) {
    return git.text("rev-parse", revision).strip();
  }

  @Test
  void scansAMergeRequest() throws IOException {
    var ours = mergeRequest("7").run("scan", "ci", "-q", "--write=gitlab=gl.json", "checkout");
    assertThat(ours.status()).isEqualTo(ExitCode.FINDINGS.value());
    assertThat(ours.out())
        .contains("first.env:1:11", "of the change itself", "1 finding")
        .doesNotContain("old.env");
    assertThat(paths(home.resolve("gl.json"))).containsExactly("first.env");
    assertThat(mergeRequest("8").run("scan", "ci", "-q", "checkout").out()).contains("2 findings");
  }

  @Test
  void scansAPushAndEverything() {
    assertThat(job("push").run("scan", "ci", "-q", "checkout").out())
        .as("a new branch")
        .contains("first.env", "second.env")
        .doesNotContain("old.env");
    assertThat(
            job("push")
                .with("CI_COMMIT_BEFORE_SHA", id("feature~1"))
                .run("scan", "ci", "-q", "checkout")
                .status())
        .as("accepted by its marker")
        .isZero();
    assertThat(job("schedule").run("scan", "ci", "-q", "checkout").out())
        .contains("first.env", "old.env");
  }

  @Test
  void saysWhereItDoesNotKnowTheService() {
    var run = CommandRun.in(home).run("scan", "ci", "checkout");
    assertThat(run.status()).isEqualTo(ExitCode.USAGE.value());
    assertThat(run.err()).contains("no CI service is known", "hint: name the commits instead");
    var broken = job("push").with("CI_COMMIT_SHA", "what?").run("scan", "ci", "checkout");
    assertThat(broken.status()).isEqualTo(ExitCode.USAGE.value());
  }

  private static Set<String> paths(Path report) throws IOException {
    var paths = new TreeSet<String>();
    new ObjectMapper()
        .readTree(report.toFile())
        .path("vulnerabilities")
        .findValues("file")
        .forEach(file -> paths.add(file.asText()));
    return paths;
  }
}
