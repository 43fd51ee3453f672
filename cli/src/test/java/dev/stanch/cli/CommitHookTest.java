package dev.stanch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.cli.HookSetting.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Real commits with the hook in place.
@Timeout(120)
final class CommitHookTest {
  private static final String LEAK = HookSetting.leak(5);

  @TempDir private Path folder;
  private HookSetting setting;
  private Path repository;

  @BeforeEach
  void begin() throws Exception {
    setting = new HookSetting(folder);
    repository = Files.createDirectories(folder.resolve("it's a repository"));
    git("init", "-q", "-b", "main");
    git("config", "gc.auto", "0");
  }

  @Test
  void stopsACommitThatLeaksAndLetsACleanOnePass() throws Exception {
    assertThat(hook("install").status()).isZero();
    write("clean.py", "print('hello')\n");
    git("add", ".");
    Ended clean = git("commit", "-m", "clean");
    assertThat(clean.status()).as(clean.output()).isZero();
    assertThat(clean.output()).doesNotContain("stanch", "findings");

    write("clean.py", "print('hello')\n" + LEAK);
    git("add", ".");
    Ended leak = git("commit", "-m", "leak");
    assertThat(leak.status()).isEqualTo(1);
    assertThat(leak.output().lines())
        .as("two lines: what and where, and what to do")
        .satisfiesExactly(
            what ->
                assertThat(what)
                    .startsWith("clean.py:2:13: critical: Hugging Face user access token hf_…")
                    .endsWith(" (huggingface-user-token)"),
            next ->
                assertThat(next)
                    .startsWith("stanch: commit refused: take it out and 'git add' again")
                    .endsWith("stanch:allow RULE: REASON"));
    assertThat(leak.output()).doesNotContain(LEAK.substring(15, 40));
    assertThat(git("rev-list", "--count", "HEAD").output()).isEqualTo("1\n");

    assertThat(git("commit", "--no-verify", "-qm", "on purpose").status()).isZero();
    write("clean.py", "print('again')\n" + LEAK);
    git("add", ".");
    Ended known = git("commit", "-m", "what HEAD has at the path is not news");
    assertThat(known.status()).as(known.output()).isZero();
    git("mv", "clean.py", "renamed.py");
    assertThat(git("commit", "-m", "nor what moves with its file").status()).isZero();
    write("copy.py", LEAK);
    git("add", ".");
    assertThat(git("commit", "-m", "but another place is").status()).isEqualTo(1);
  }

  @Test
  void looksAtTheIndexThatGitMakesForPartsOfAChange() throws Exception {
    write("one.py", "one = 1\n");
    write("two.py", "two = 2\n");
    git("add", ".");
    git("commit", "-qm", "first");
    hook("install");
    write("one.py", "one = 3\n");
    write("two.py", LEAK);
    git("add", "two.py");
    // Only one.py is committed: git makes an index of its own and names it to the hook.
    Ended part = git("commit", "-m", "only one", "--", "one.py");
    assertThat(part.status()).as(part.output()).isZero();
    assertThat(git("commit", "-m", "the leak is still staged").status()).isEqualTo(1);
    git("reset", "-q");
    assertThat(git("commit", "-am", "all").status()).isEqualTo(1);
    git("worktree", "add", "-q", "-b", "other", "../linked");
    Path linked = folder.resolve("linked");
    Files.writeString(linked.resolve("three.py"), LEAK);
    setting.git(linked, "add", ".");
    assertThat(setting.git(linked, "commit", "-m", "in a linked work tree").status()).isEqualTo(1);
  }

  @Test
  void looksAtTheHunksThatAPersonPicks() throws Exception {
    String middle = "line = 0\n".repeat(30);
    write("a.py", "head = 1\n" + middle + "tail = 1\n");
    git("add", ".");
    git("commit", "-qm", "first");
    hook("install");
    write("a.py", "head = 2\n" + middle + LEAK);
    // The first hunk is wanted, the second, with the token, is not: and then it is.
    Ended harmless = setting.typing(repository, "y\nn\n", "commit", "-q", "-p", "-m", "head");
    assertThat(harmless.status()).as(harmless.output()).isZero();
    Ended leak = setting.typing(repository, "y\n", "commit", "-q", "-p", "-m", "tail");
    assertThat(leak.status()).as(leak.output()).isEqualTo(1);
    assertThat(leak.output()).contains("stanch: commit refused");
    assertThat(git("rev-list", "--count", "HEAD").output()).isEqualTo("2\n");
  }

  @Test
  void runsTheEarlierHookFirstAndPutsItBack() throws Exception {
    Path hook = repository.resolve(".git/hooks/pre-commit");
    Files.createDirectories(hook.getParent());
    String earlier = "#!/bin/sh\n[ ! -e forbidden ] || { echo 'not that'; exit 9; }\n# \u00e9\r\n";
    HookSetting.executable(hook, earlier);
    var mode = PosixFilePermissions.fromString("rwx--x---");
    Files.setPosixFilePermissions(hook, mode);
    Map<String, String> before = contents(repository.resolve(".git/hooks"));
    hook("install");
    assertThat(hook("install").status()).as("again").isZero();
    write("forbidden", "x\n");
    git("add", ".");
    assertThat(git("commit", "-m", "x").output()).contains("not that");
    Files.delete(repository.resolve("forbidden"));
    write("leak.py", LEAK);
    git("add", ".");
    assertThat(git("commit", "-m", "leak").output()).contains("stanch: commit refused");

    assertThat(hook("uninstall").output()).contains("removed");
    assertThat(contents(repository.resolve(".git/hooks"))).isEqualTo(before);
    assertThat(Files.getPosixFilePermissions(hook)).isEqualTo(mode);
    assertThat(hook("uninstall").output()).contains("no hook of ours");
    assertThat(git("commit", "-qm", "unseen").status()).isZero();
  }

  @Test
  void leavesAsideAHookThatGitWouldNotRun() throws Exception {
    Path hook = repository.resolve(".git/hooks/pre-commit");
    Files.createDirectories(hook.getParent());
    Files.writeString(hook, "#!/bin/sh\nexit 9\n");
    hook("install");
    setting.replaceCommand("exit 0");
    assertThat(git("commit", "-q", "--allow-empty", "-m", "x").status()).isZero();
    hook("uninstall");
    assertThat(hook).hasContent("#!/bin/sh\nexit 9\n");
    assertThat(Files.isExecutable(hook)).isFalse();
  }

  /// The framework of that name puts our file aside as we put others', and runs it from there.
  @Test
  void staysAChainWhenItIsChainedItself() throws Exception {
    Path hook = repository.resolve(".git/hooks/pre-commit");
    Files.createDirectories(hook.getParent());
    HookSetting.executable(hook, "#!/bin/sh\necho first\n");
    hook("install");
    setting.replaceCommand("echo second; exit 1");
    Files.move(hook, hook.resolveSibling("pre-commit.legacy"));
    HookSetting.executable(hook, "#!/bin/sh\nexec \"$0.legacy\"\n");
    assertThat(git("commit", "--allow-empty", "-m", "x").output())
        .contains("first\n", "second\n", "stanch: commit refused");
  }

  /// husky 9: git starts `.husky/_/pre-commit`, which reads `.husky/pre-commit` with `sh -e`.
  @Test
  void goesWherePeopleWriteTheHooksOfHusky() throws Exception {
    Path stubs = Files.createDirectories(repository.resolve(".husky/_"));
    Files.writeString(
        stubs.resolve("h"), "sh -e \"$(dirname \"$(dirname \"$0\")\")/${0##*/}\" \"$@\"\n");
    HookSetting.executable(
        stubs.resolve("pre-commit"), "#!/usr/bin/env sh\n. \"$(dirname \"$0\")/h\"\n");
    Path hook = repository.resolve(".husky/pre-commit");
    Files.writeString(hook, "echo theirs\n");
    git("config", "core.hooksPath", ".husky/_");
    Map<String, String> before = contents(repository.resolve(".husky"));
    assertThat(hook("install").output()).isEqualTo("installed " + hook + "\n");
    setting.replaceCommand("exit 3");
    Ended refused = git("commit", "--allow-empty", "-m", "x");
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.output()).startsWith("theirs\n").contains("not everything could be read");
    Files.writeString(hook.resolveSibling("pre-commit.before-stanch"), "exit 9\n");
    setting.replaceCommand("exit 0");
    assertThat(git("commit", "--allow-empty", "-m", "theirs counts").status()).isEqualTo(1);
    Files.writeString(hook.resolveSibling("pre-commit.before-stanch"), "echo theirs\n");
    assertThat(git("commit", "--allow-empty", "-m", "both agree").status()).isZero();
    hook("uninstall");
    assertThat(contents(repository.resolve(".husky"))).isEqualTo(before);
  }

  @Test
  void goesWhereCoreHooksPathSaysButNotOutOfTheRepository() throws Exception {
    git("config", "core.hooksPath", ".githooks");
    hook("install");
    assertThat(repository.resolve(".githooks/pre-commit")).exists();
    hook("install");
    hook("uninstall");
    assertThat(repository.resolve(".githooks")).as("as it was").doesNotExist();
    git("config", "core.hooksPath", folder.resolve("everybodys").toString());
    assertThat(hook("install").status()).isEqualTo(ExitCode.REFUSED.value());
    assertThat(folder.resolve("everybodys")).doesNotExist();
  }

  /// Whatever goes wrong, nothing is committed, and one sentence says what to do.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "exit 2 | correct the command line or file that is named above",
        "exit 3 | put right what is named above",
        "exit 70 | the scan broke off with exit code 70: report what stands above",
        "kill -9 $$ | the scan broke off with exit code 137",
      })
  void stopsTheCommitWhenTheScanFails(String script, String sentence) throws Exception {
    hook("install");
    setting.replaceCommand("echo error: told by Stanch\n" + script);
    Ended refused = git("commit", "--allow-empty", "-m", "nobody looks");
    assertThat(refused.status()).isEqualTo(1); // git's own code for a hook that failed
    assertThat(refused.output().lines().toList()).last().asString().contains(sentence);
    assertThat(refused.output())
        .contains("error: told by Stanch", "'git commit --no-verify' commits unseen");
  }

  @Test
  void stopsTheCommitWhenStanchIsGone() throws Exception {
    hook("install");
    Files.delete(setting.command());
    Ended gone = git("commit", "--allow-empty", "-m", "nobody looks");
    assertThat(gone.status()).isEqualTo(1);
    assertThat(gone.output())
        .contains("stanch: commit refused: Stanch is not installed: put it on the PATH");
    assertThat(git("rev-list", "--all", "--count").output()).isEqualTo("0\n");
  }

  private static Map<String, String> contents(Path folder) throws IOException {
    var contents = new TreeMap<String, String>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(
            folder.relativize(file) + " " + Files.getPosixFilePermissions(file),
            Files.readString(file));
      }
    }
    return contents;
  }

  @Test
  void saysTheSameByHandAsThroughTheCommandTree() throws Exception {
    write("leak.py", LEAK);
    git("add", ".");
    var quick = CommandRun.in(repository).run("scan", "git", "--staged");
    var slow = CommandRun.in(repository).run("scan", "git", "--staged", "--threads=1");
    assertThat(quick.status()).isEqualTo(1);
    assertThat(quick.out().replaceAll("\\(.* s\\)", ""))
        .isEqualTo(slow.out().replaceAll("\\(.* s\\)", ""));
    assertThat(quick.out()).contains("not committed");
    assertThat(
            CommandRun.in(repository)
                .run("scan", "git", "--staged", "-f", "jsonl", "--min-confidence", "0.2", ".")
                .out())
        .contains("\"kind\":\"git\"", "\"path\":\"leak.py\"", "\"blob\":\"");
    Files.writeString(repository.resolve(".git/index"), "not an index, whatever else it may be");
    assertThat(CommandRun.in(repository).run("scan", "git", "--staged").status())
        .isEqualTo(ExitCode.INCOMPLETE.value());
  }

  private Ended hook(String... what) {
    return setting.hook(repository, what);
  }

  private Ended git(String... arguments) throws Exception {
    return setting.git(repository, arguments);
  }

  private void write(String path, String text) throws IOException {
    Files.writeString(repository.resolve(path), text);
  }
}
