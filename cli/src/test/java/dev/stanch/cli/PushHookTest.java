package dev.stanch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.cli.HookSetting.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Real pushes from a clone to a server, with hooks on either side.
@Timeout(120)
final class PushHookTest {
  @TempDir private Path folder;
  private HookSetting setting;
  private Path server;
  private Path clone;

  @BeforeEach
  void begin() throws Exception {
    setting = new HookSetting(folder);
    server = Files.createDirectories(folder.resolve("server.git"));
    setting.git(server, "init", "-q", "--bare", "-b", "main");
    setting.git(folder, "clone", "-q", "server.git", "clone");
    clone = folder.resolve("clone");
    git("switch", "-q", "-c", "main");
    commit("old.py", HookSetting.leak(1)); // was there before anybody looked
    git("push", "-q", "origin", "main");
  }

  @Test
  void looksAtWhatTheRemoteHasNot() throws Exception {
    assertThat(setting.hook(clone, "install", "-t", "pre-push").output())
        .isEqualTo("installed " + clone.resolve(".git/hooks/pre-push") + "\n");
    commit("clean.py", "a = 1\n");
    Ended clean = git("push", "origin", "main");
    assertThat(clean.status()).as(clean.output()).isZero();
    assertThat(clean.output()).doesNotContain("stanch");

    git("switch", "-q", "-c", "feature");
    commit("leak.py", HookSetting.leak(2));
    commit("leak.py", "b = 2\n"); // it stays in the history
    Ended leak = git("push", "origin", "feature");
    assertThat(leak.status()).isNotZero();
    assertThat(leak.output().lines().limit(2).toList())
        .satisfiesExactly(
            what ->
                assertThat(what)
                    .startsWith("leak.py:1:13: critical: Hugging Face user access token hf_…"),
            next ->
                assertThat(next)
                    .startsWith("stanch: push refused: rewrite the commits without it"));
    assertThat(leak.output()).doesNotContain("old.py", HookSetting.leak(2).substring(15, 40));
    assertThat(refs()).containsExactly("refs/heads/main");

    // What goes, and what moves to where the remote has been, brings nothing.
    git("branch", "-q", "other", "main~1");
    assertThat(git("push", "origin", "other").status()).isZero();
    assertThat(git("push", "-q", "origin", ":other").status()).isZero();
    assertThat(git("push", "origin", "HEAD~2:refs/heads/again").status()).isZero();
    // An annotated tag brings its message.
    git("tag", "-a", "v1", "-m", HookSetting.leak(3), "main");
    assertThat(git("push", "origin", "v1").output())
        .contains("message of ", "stanch: push refused")
        .doesNotContain("leak.py");
  }

  @Test
  void looksAtAllThatAForcedPushBringsAndAtWhatGoesToAnotherRemote() throws Exception {
    setting.hook(clone, "install", "--hook-type=pre-push");
    git("commit", "-q", "--amend", "-m", "rewritten");
    Ended rewritten = git("push", "-f", "origin", "main");
    assertThat(rewritten.output()).contains("old.py:1:13").contains("stanch: push refused");
    // Another server has nothing of it, whatever is known of the first one.
    Path other = Files.createDirectories(folder.resolve("other.git"));
    setting.git(other, "init", "-q", "--bare", "-b", "main");
    git("reset", "-q", "--hard", "origin/main");
    assertThat(git("push", "origin", "main").status()).isZero();
    assertThat(git("push", other.toString(), "main").output()).contains("old.py:1:13");
    git("remote", "add", "other", other.toString());
    assertThat(git("push", "other", "main").output()).contains("old.py:1:13");
    assertThat(git("push", "--no-verify", "-q", "other", "main").status()).isZero();
    assertThat(git("push", "other", "main:copy").status()).as("now it has").isZero();
  }

  @Test
  void givesTheEarlierHookItsArgumentsAndLines() throws Exception {
    Path hook = clone.resolve(".git/hooks/pre-push");
    Files.createDirectories(hook.getParent());
    HookSetting.executable(
        hook, "#!/bin/sh\necho \"$1 $2\" >told\ncat >>told\n[ ! -e forbidden ] || exit 9\n");
    setting.hook(clone, "install", "-t", "pre-push");
    setting.replaceCommand("echo \"$@\" >ours; cat >>ours");
    commit("clean.py", "a = 1\n");
    assertThat(git("push", "origin", "main").status()).isZero();
    String line =
        git("log", "-1", "--format=refs/heads/main %H refs/heads/main ").output().strip()
            + " "
            + git("rev-parse", "main~1").output();
    assertThat(clone.resolve("told"))
        .hasContent("origin " + folder.resolve("server.git") + "\n" + line);
    assertThat(clone.resolve("ours"))
        .hasContent("scan git --quiet --pre-push=origin --format=brief\n" + line);
    Files.writeString(clone.resolve("forbidden"), "");
    commit("more.py", "a = 2\n");
    assertThat(git("push", "origin", "main").status()).as("its exit code counts").isNotZero();
    setting.hook(clone, "uninstall");
    assertThat(hook).content().startsWith("#!/bin/sh\necho \"$1 $2\"");
  }

  @Test
  void stopsAPushAtTheServer() throws Exception {
    assertThat(setting.hook(server, "install").output())
        .as("no work tree: a server")
        .isEqualTo("installed " + server.resolve("hooks/pre-receive") + "\n");
    commit("clean.py", "a = 1\n");
    Ended clean = git("push", "origin", "main");
    assertThat(clean.status()).as(clean.output()).isZero();

    git("switch", "-q", "-c", "feature");
    commit("leak.py", HookSetting.leak(2));
    Ended leak = git("push", "origin", "main", "feature");
    assertThat(leak.status()).isNotZero();
    assertThat(leak.output())
        .contains("remote: leak.py:1:13: critical: Hugging Face user access token hf_…")
        .contains("remote: stanch: push refused: rewrite the commits without it")
        .contains("pre-receive hook declined")
        .doesNotContain("old.py", HookSetting.leak(2).substring(15, 40));
    assertThat(refs()).containsExactly("refs/heads/main");

    assertThat(git("push", "origin", "main~1:refs/heads/old").status()).isZero();
    assertThat(git("push", "origin", ":refs/heads/old").status()).isZero();
    git("reset", "-q", "--hard", "main");
    git("commit", "-q", "--amend", "-m", "rewritten");
    assertThat(git("push", "-f", "origin", "HEAD:main").status())
        .as("the file that was there is no news")
        .isZero();
  }

  /// What leads to no commit is looked at by nobody: it must not pass for clean.
  @Test
  void refusesWhatItCannotLookInto() throws Exception {
    setting.hook(server, "install");
    Files.writeString(clone.resolve("loose"), HookSetting.leak(4));
    String blob = git("hash-object", "-w", "loose").output().strip();
    Ended push = git("push", "origin", blob + ":refs/tags/loose");
    assertThat(push.status()).isNotZero();
    assertThat(push.output()).contains("leads to no commit", "not everything could be read");
  }

  private java.util.List<String> refs() throws Exception {
    return setting.git(server, "for-each-ref", "--format=%(refname)").output().lines().toList();
  }

  private Ended git(String... arguments) throws Exception {
    return setting.git(clone, arguments);
  }

  private void commit(String path, String text) throws Exception {
    write(path, text);
    git("add", path);
    assertThat(git("commit", "-q", "--no-verify", "-m", "Change " + path).status()).isZero();
  }

  private void write(String path, String text) throws IOException {
    Files.writeString(clone.resolve(path), text);
  }
}
