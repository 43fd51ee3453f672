package dev.stanch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stanch.cli.HookSetting.Ended;
import dev.stanch.fixtures.TokenLedger;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `.pre-commit-hooks.yaml` under the real pre-commit, from a clone of a repository that has it.
@Timeout(180)
final class PreCommitFrameworkTest {
  private static final Path HOOKS =
      Path.of("../.pre-commit-hooks.yaml").toAbsolutePath().normalize();

  @TempDir private Path folder;
  private HookSetting setting;
  private Path programs;
  private Path repository;

  @BeforeEach
  void begin() throws Exception {
    String framework =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .map(each -> Path.of(each, "pre-commit"))
            .filter(Files::isExecutable)
            .map(Path::toString)
            .findFirst()
            .orElse("");
    assumeTrue(!framework.isEmpty(), "pre-commit of PyPI is not on the PATH");
    setting = new HookSetting(folder);
    programs = Files.createDirectories(folder.resolve("programs"));
    HookSetting.executable(
        programs.resolve("pre-commit"), "#!/bin/sh\nexec '" + framework + "' \"$@\"\n");
    Path ours = Files.createDirectories(folder.resolve("ours"));
    Files.copy(HOOKS, ours.resolve(HOOKS.getFileName()));
    git(ours, "init", "-q", "-b", "main");
    git(ours, "add", ".");
    git(ours, "commit", "-q", "-m", "hooks");
    git(ours, "tag", "v1");
    repository = Files.createDirectories(folder.resolve("repository"));
    git(repository, "init", "-q", "-b", "main");
  }

  @Test
  void runsTheStanchOnThePath() throws Exception {
    use("stanch");
    Files.createSymbolicLink(programs.resolve("stanch"), setting.command());
    Files.writeString(repository.resolve("clean.py"), "a = 1\n");
    git(repository, "add", ".");
    Ended clean = git(repository, "commit", "-m", "clean");
    assertThat(clean.status()).as(clean.output()).isZero();
    Files.writeString(repository.resolve("leak.py"), HookSetting.leak(1));
    TokenLedger.planted(repository.resolve("leak.py"));
    git(repository, "add", ".");
    Ended leak = git(repository, "commit", "-m", "leak");
    assertThat(leak.status()).isEqualTo(1);
    assertThat(leak.output())
        .contains("Failed", "leak.py:1:13: critical: Hugging Face user access token hf_…")
        .doesNotContain(HookSetting.leak(1).substring(15, 40));
  }

  @Test
  void saysInOneSentenceWhatToInstall() throws Exception {
    use("stanch");
    Ended refused = git(repository, "commit", "--allow-empty", "-m", "nobody looks");
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.output())
        .contains(
            "stanch is not installed: put the stanch of its archive or checkout on the PATH, or use"
                + " the hook stanch-docker");
  }

  /// The engine is a fake that runs what it is asked for outside any container: what it is asked
  /// for is what is tested.
  @Test
  void runsTheImage() throws Exception {
    use("stanch-docker");
    HookSetting.executable(
        programs.resolve("docker"),
        """
        #!/bin/sh
        [ "$1" = run ] || { echo '{}'; exit; }
        while [ "$1" != stanch/stanch:latest ]; do
          case $1 in /*:/src:*) cd "${1%%:/src:*}" ;; esac
          shift
        done
        shift
        exec '%s' "$@"
        """
            .formatted(setting.command().toString().replace("'", "'\\''")));
    Files.writeString(repository.resolve("leak.py"), HookSetting.leak(1));
    TokenLedger.planted(repository.resolve("leak.py"));
    git(repository, "add", ".");
    Ended leak = git(repository, "commit", "-m", "leak");
    assertThat(leak.status()).as(leak.output()).isEqualTo(1);
    assertThat(leak.output()).contains("leak.py:1:13: critical: Hugging Face user access token");
    git(repository, "rm", "-q", "--cached", "leak.py");
    Ended clean = git(repository, "commit", "--allow-empty", "-m", "clean");
    assertThat(clean.status()).as(clean.output()).isZero();
  }

  private void use(String id) throws Exception {
    Files.writeString(
        repository.resolve(".pre-commit-config.yaml"),
        """
        repos:
          - repo: '%s'
            rev: v1
            hooks: [{id: %s}]
        """
            .formatted(folder.resolve("ours"), id));
    git(repository, "add", ".");
    Ended installed =
        setting.run(
            repository, "", "env", path(), "PRE_COMMIT_HOME=" + cache(), "pre-commit", "install");
    assertThat(installed.status()).as(installed.output()).isZero();
  }

  private Ended git(Path where, String... arguments) throws Exception {
    var all =
        new java.util.ArrayList<>(
            java.util.List.of("env", path(), "PRE_COMMIT_HOME=" + cache(), "git"));
    all.addAll(java.util.List.of(arguments));
    return setting.run(where, "", all.toArray(String[]::new));
  }

  private String path() {
    return "PATH=" + programs + ":/usr/bin:/bin";
  }

  private Path cache() {
    return folder.resolve("cache");
  }
}
