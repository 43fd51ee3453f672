package dev.stanch.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.detectors.rule.ExampleTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Real commits with the hook in place.
@Timeout(120)
final class CommitHookTest {
  private static final String LEAK =
      new ExampleTemplate("HF_TOKEN = \"{{\"hf_\"}}{{alpha:34}}\"\n").expand(5);

  @TempDir private Path folder;
  private Path repository;
  private Path command;

  /// What a command said and how it ended.
  private record Ended(int status, String output) {}

  @BeforeEach
  void begin() throws Exception {
    repository = Files.createDirectories(folder.resolve("it's a repository"));
    command = folder.resolve("it's stanch");
    executable(
        command,
        "#!/bin/sh\nexec '%s/bin/java' -XX:TieredStopAtLevel=1 -cp '%s' dev.stanch.cli.Main \"$@\"\n"
            .formatted(System.getProperty("java.home"), System.getProperty("java.class.path")));
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
    assertThat(leak.output())
        .contains(
            "huggingface-user-token",
            "clean.py:2:13",
            "stanch: the commit was stopped",
            "hint: take it out and 'git add' again")
        .doesNotContain(LEAK.substring(15, 40));
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
    run(linked, "git", "add", ".");
    assertThat(run(linked, "git", "commit", "-m", "in a linked work tree").status()).isEqualTo(1);
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
    Ended harmless = typing("y\nn\n", "commit", "-q", "-p", "-m", "head");
    assertThat(harmless.status()).as(harmless.output()).isZero();
    Ended leak = typing("y\n", "commit", "-q", "-p", "-m", "tail");
    assertThat(leak.status()).as(leak.output()).isEqualTo(1);
    assertThat(leak.output()).contains("stanch: the commit was stopped");
    assertThat(git("rev-list", "--count", "HEAD").output()).isEqualTo("2\n");
  }

  @Test
  void runsTheEarlierHookFirstAndPutsItBack() throws Exception {
    Path hook = repository.resolve(".git/hooks/pre-commit");
    Files.createDirectories(hook.getParent());
    String earlier = "#!/bin/sh\n[ ! -e forbidden ] || { echo 'not that'; exit 9; }\n";
    executable(hook, earlier);
    hook("install");
    assertThat(hook("install").status()).as("again").isZero();
    write("forbidden", "x\n");
    git("add", ".");
    assertThat(git("commit", "-m", "x").output()).contains("not that");
    Files.delete(repository.resolve("forbidden"));
    write("leak.py", LEAK);
    git("add", ".");
    assertThat(git("commit", "-m", "leak").output()).contains("stanch: the commit was stopped");

    assertThat(hook("uninstall").output()).contains("removed");
    assertThat(hook).hasContent(earlier);
    assertThat(Files.isExecutable(hook)).isTrue();
    assertThat(hook("uninstall").output()).contains("no hook of ours");
    assertThat(git("commit", "-qm", "unseen").status()).isZero();
  }

  @Test
  void goesWhereCoreHooksPathSaysButNotOutOfTheRepository() throws Exception {
    git("config", "core.hooksPath", ".githooks");
    hook("install");
    assertThat(repository.resolve(".githooks/pre-commit")).exists();
    git("config", "core.hooksPath", folder.resolve("everybodys").toString());
    assertThat(hook("install").status()).isEqualTo(ExitCode.REFUSED.value());
    assertThat(folder.resolve("everybodys")).doesNotExist();
  }

  @Test
  void stopsTheCommitWhenTheScanFails() throws Exception {
    hook("install");
    write("a.py", "a = 1\n");
    git("add", ".");
    Files.delete(command);
    Ended gone = git("commit", "-m", "nobody looks");
    assertThat(gone.status()).isEqualTo(1); // git's own code for a hook that failed
    assertThat(gone.output()).contains("the scan ended with exit code 127", "--no-verify");
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

  private Ended hook(String what) throws Exception {
    var run =
        CommandRun.in(repository).with("STANCH_COMMAND", command.toString()).run("hook", what);
    return new Ended(run.status(), run.out() + run.err());
  }

  private Ended git(String... arguments) throws Exception {
    String[] all = new String[arguments.length + 1];
    all[0] = "git";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return run(repository, all);
  }

  private Ended typing(String answers, String... arguments) throws Exception {
    String[] all = new String[arguments.length + 1];
    all[0] = "git";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return run(repository, answers, all);
  }

  private Ended run(Path where, String... all) throws Exception {
    return run(where, "", all);
  }

  /// Runs a command that reads `answers`.
  private Ended run(Path where, String answers, String[] all) throws Exception {
    var builder = new ProcessBuilder(List.of(all)).directory(where.toFile());
    var environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("GIT_"));
    environment.put("HOME", folder.toString());
    environment.put("XDG_STATE_HOME", folder.resolve("state").toString());
    environment.put("GIT_CONFIG_NOSYSTEM", "1");
    environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
    for (String who : List.of("AUTHOR", "COMMITTER")) {
      environment.put("GIT_" + who + "_NAME", "A");
      environment.put("GIT_" + who + "_EMAIL", "a@example.com");
    }
    Process process = builder.redirectErrorStream(true).start();
    try (var in = process.getOutputStream()) {
      in.write(answers.getBytes(UTF_8));
    }
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Ended(process.waitFor(), output);
  }

  private void write(String path, String text) throws IOException {
    Files.writeString(repository.resolve(path), text);
  }

  private static void executable(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
