package dev.stanch.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.detectors.rule.ExampleTemplate;
import dev.stanch.fixtures.FakeHuggingFace;
import dev.stanch.fixtures.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// README shows a commit that is refused, and a leak from its finding to the proof that it is over;
/// this is where its output comes from. What differs from run to run (ids, hashes, times) differs
/// from README too.
final class ReadmeStoryTest {
  private static final Path README = Path.of("../README.md");

  /// A terminal shows it while it lasts, and takes it away.
  private static final Pattern PROGRESS = Pattern.compile("(?m)^.*\\d+ of \\d+ .*proven.*\\n");

  @TempDir Path folder;

  @Test
  void tellsWhatHappens() throws Exception {
    try (var hub = new FakeHuggingFace()) {
      String token = new ExampleTemplate("{{\"hf_\"}}{{alpha:34}}").expand(2026);
      hub.issue(token, "acme-bot", "write");
      leak(token);
      String story = story(hub);
      assertThat(hub.accepts(token)).isFalse();
      assertThat(story).doesNotContain(token.substring(8, 30));
      compare("story", story);
    }
  }

  @Test
  void tellsOfACommitThatIsRefused() throws Exception {
    var setting = new HookSetting(folder);
    Path repository = Files.createDirectories(folder.resolve("app"));
    setting.git(repository, "init", "-q", "-b", "main");
    var installed = setting.hook(repository, "install");
    // Not the token of the story above, which a fake issues: it may stand nowhere unplanned.
    Files.writeString(repository.resolve("app.py"), HookSetting.leak(11));
    setting.git(repository, "add", "app.py");
    var refused = setting.git(repository, "commit", "-m", "Log in");
    assertThat(refused.status()).isEqualTo(1);
    String story =
        "$ stanch hook install\n"
            + installed.output()
            + "\n$ git commit -m \"Log in\"\n"
            + refused.output();
    compare("hook", story.replace(folder.toString(), "/home/ann"));
  }

  /// README tells each story behind a mark with its name.
  private static void compare(String name, String story) throws IOException {
    String readme = Files.readString(README);
    Matcher told =
        Pattern.compile("(?s)<!-- " + name + " -->\n```console\n(.*?)```\n").matcher(readme);
    assertThat(told.find()).as("README tells no " + name).isTrue();
    if (Boolean.getBoolean("golden.update") || !steady(told.group(1)).equals(steady(story))) {
      Golden.checkFile(
          README, readme.substring(0, told.start(1)) + story + readme.substring(told.end(1)));
    }
  }

  private String story(FakeHuggingFace hub) throws IOException {
    var story = new StringBuilder();
    tell(story, hub, "scan", "git");
    tell(story, hub, "plan", "--format", "json", "--output", "plan.json");
    Matcher hash =
        Pattern.compile("\"hash\" : \"([0-9a-f]{32})\"")
            .matcher(Files.readString(folder.resolve("plan.json")));
    assertThat(hash.find()).isTrue();
    tell(story, hub, "revoke", "--apply", "--plan", "plan.json", "--plan-hash", hash.group(1));
    return story.toString().stripTrailing() + "\n";
  }

  private void tell(StringBuilder story, FakeHuggingFace hub, String... args) {
    CommandRun run =
        CommandRun.in(folder)
            .with("HF_ENDPOINT", hub.endpoint())
            .with("STANCH_TERMINALS", "")
            .with("XDG_CONFIG_HOME", folder.resolve("config").toString())
            .now()
            .run(told(args));
    story
        .append("$ stanch ")
        .append(String.join(" ", args))
        .append('\n')
        .append(PROGRESS.matcher(run.err()).replaceAll(""))
        .append(run.out())
        .append('\n');
  }

  /// Two refusals half a minute apart prove a token dead. README shows such ones; a test has no
  /// time for them.
  private static String[] told(String... args) {
    if (!args[0].equals("revoke") || Boolean.getBoolean("golden.update")) {
      return args;
    }
    var quicker = new ArrayList<>(List.of(args));
    quicker.addAll(List.of("--proof-interval", "0"));
    return quicker.toArray(String[]::new);
  }

  /// A text without what no two runs have in common.
  private static String steady(String text) {
    return text.replaceAll("[0-9a-f]{32,64}", "HASH")
        .replaceAll("\\bi[a-z0-9]{8}\\b", "INCIDENT")
        .replaceAll("v1:[A-Za-z0-9_-]+", "TOKEN-ID")
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z", "TIME")
        .replaceAll("\\d+\\.\\d s\\b", "SECONDS")
        .replaceAll("\\d+\\.\\d minutes", "MINUTES");
  }

  private void leak(String token) throws Exception {
    Files.createDirectories(folder.resolve("config/stanch"));
    Files.writeString(folder.resolve("config/stanch/config.yml"), "owners: [acme-bot]\n");
    git("init", "-q", "-b", "main");
    Files.writeString(folder.resolve("app.py"), "login(token=\"" + token + "\")\n");
    git("add", "app.py");
    git("commit", "-q", "-m", "Log in");
    Files.writeString(folder.resolve("app.py"), "login()\n");
    git("commit", "-q", "-a", "-m", "Take the token out");
  }

  private void git(String... args) throws Exception {
    var command =
        new ArrayList<>(List.of("git", "-c", "user.name=Ann", "-c", "user.email=ann@example.com"));
    command.addAll(List.of(args));
    var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("GIT_AUTHOR_DATE", "2026-02-27T09:00:00Z");
    builder.environment().put("GIT_COMMITTER_DATE", "2026-02-27T09:00:00Z");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }
}
