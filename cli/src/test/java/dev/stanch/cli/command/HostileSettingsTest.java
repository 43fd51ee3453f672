package dev.stanch.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stanch.cli.CommandRun;
import dev.stanch.detectors.rule.ExampleTemplate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Repositories whose settings would make git run a program or read elsewhere: a scan does neither.
@Timeout(120)
final class HostileSettingsTest {
  private static final String LEAK =
      new ExampleTemplate("HF_TOKEN=\"{{\"hf_\"}}{{alpha:34}}\"\n").expand(11);
  private static final String OUTSIDE =
      new ExampleTemplate("HF_TOKEN=\"{{\"hf_\"}}{{alpha:34}}\"\n").expand(12);

  @TempDir private Path home;
  private Path repository;
  private Path elsewhere;
  private GitRun git;
  private Path trace;

  @BeforeEach
  void makeRepositories() throws Exception {
    repository = Files.createDirectories(home.resolve("hostile"));
    elsewhere = Files.createDirectories(home.resolve("elsewhere"));
    trace = home.resolve("executed");
    git = new GitRun(repository);
    commit(repository, "a.env", LEAK);
    commit(elsewhere, "secret.env", OUTSIDE);
  }

  private static void commit(Path folder, String name, String text) throws Exception {
    var own = new GitRun(folder);
    own.text("init", "-q", "-b", "main");
    Files.writeString(folder.resolve(name), text);
    own.text("add", name);
    own.text("commit", "-q", "-m", "Add settings");
  }

  /// Every way of scanning that reads the repository.
  static List<List<String>> scans() {
    return List.of(
        List.of("scan", "git", "hostile"),
        List.of("scan", "git", "--staged", "hostile"),
        List.of("scan", "git", "--range", "HEAD~0..HEAD", "hostile"),
        List.of("scan", "git", "--unreachable", "hostile"),
        List.of("scan", "dir", "hostile"));
  }

  @ParameterizedTest
  @MethodSource("scans")
  void runsNoProgramThatTheRepositoryNames(List<String> scan) throws Exception {
    Path program = home.resolve("program");
    Files.writeString(program, "#!/bin/sh\necho ran >>'" + trace + "'\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    for (String key :
        List.of(
            "core.fsmonitor",
            "core.sshCommand",
            "core.pager",
            "core.editor",
            "core.gitProxy",
            "core.alternateRefsCommand",
            "credential.helper",
            "diff.external",
            "gpg.program",
            "filter.x.clean",
            "filter.x.smudge",
            "filter.x.process",
            "diff.x.textconv",
            "diff.x.command",
            "uploadpack.packObjectsHook")) {
      git.text("config", key, program.toString());
    }
    git.text("config", "filter.x.required", "true");
    git.text("config", "core.hooksPath", home.toString());
    git.text("config", "extensions.partialClone", "origin");
    git.text("config", "remote.origin.url", "ext::" + program);
    git.text("config", "remote.origin.promisor", "true");
    Files.writeString(repository.resolve(".gitattributes"), "* filter=x diff=x\n");
    for (String hook : List.of("post-checkout", "post-index-change", "reference-transaction")) {
      Files.copy(program, repository.resolve(".git/hooks").resolve(hook));
    }
    CommandRun.in(home).run(scan.toArray(String[]::new));
    assertThat(trace).doesNotExist();
    assertThatThrownBy(() -> git.text("status")).isInstanceOf(IllegalStateException.class);
    assertThat(trace).as("the traps are live: git itself steps into one").exists();
  }

  @Test
  void staysInTheRepositoryWhateverWorkTreeItNames() {
    git.text("config", "core.worktree", elsewhere.toString());
    for (List<String> scan : scans()) {
      assertThat(CommandRun.in(home).run(scan.toArray(String[]::new)).out())
          .as("%s", scan)
          .doesNotContain("secret.env");
    }
  }

  @Test
  void followsNoLinkInAFolderOutOfIt() throws Exception {
    Files.createSymbolicLink(repository.resolve("out"), elsewhere);
    Files.createSymbolicLink(repository.resolve("out.env"), elsewhere.resolve("secret.env"));
    var run = CommandRun.in(home).run("scan", "dir", "-f", "jsonl", "hostile");
    assertThat(run.out()).contains("a.env").doesNotContain("secret.env");
    assertThat(run.out().lines().filter(line -> line.startsWith("{\"type\":\"finding\"")))
        .hasSize(1);
  }

  @Test
  void readsNoRepositoryThatAScannedTreePointsTo() throws Exception {
    Path nested = Files.createDirectories(home.resolve("tree/nested"));
    Files.writeString(nested.resolve(".git"), "gitdir: " + elsewhere.resolve(".git") + "\n");
    Files.writeString(home.resolve("tree/a.env"), LEAK);
    var run = CommandRun.in(home).run("scan", "dir", "tree");
    assertThat(run.out()).contains("a.env").doesNotContain("secret.env");
  }
}
