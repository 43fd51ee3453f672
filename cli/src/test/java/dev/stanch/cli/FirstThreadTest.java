package dev.stanch.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.detectors.rule.ExampleTemplate;
import dev.stanch.fixtures.FakeHuggingFace;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One token from a git history to its proof of death, through the commands people type.
class FirstThreadTest {
  @TempDir Path folder;

  private FakeHuggingFace hub;
  private final Map<String, String> variables = new HashMap<>();
  private String token = "";

  private record Ran(int code, String out, String err) {}

  @BeforeEach
  void leakTokenIntoHistory() throws Exception {
    hub = new FakeHuggingFace();
    variables.put("HF_ENDPOINT", hub.endpoint());
    variables.put("HOME", folder.toString());
    token = new ExampleTemplate("{{\"hf_\"}}{{alpha:34}}").expand(41);
    hub.issue(token, "acme-bot", "write");
    Path configuration = folder.resolve(".config/stanch/config.yml");
    Files.createDirectories(configuration.getParent());
    Files.writeString(configuration, "owners: [acme-bot]\n");
    git("init", "-q", "-b", "main");
    Files.writeString(folder.resolve("app.py"), "login(token=\"" + token + "\")\n");
    git("add", "app.py");
    git("commit", "-q", "-m", "Log in");
    Files.writeString(folder.resolve("app.py"), "login()\n");
    git("commit", "-q", "-a", "-m", "Take the token out");
  }

  @AfterEach
  void stopHub() {
    hub.close();
  }

  @Test
  void findsVerifiesPlansRevokesAndProvesOneToken() throws Exception {
    Ran scan = stanch("scan", "git");
    assertThat(scan.code()).isEqualTo(ExitCode.FINDINGS.value());
    assertThat(scan.out()).contains("huggingface-user-token", "app.py");

    Ran verify = stanch("verify");
    assertThat(verify.code()).isEqualTo(ExitCode.FINDINGS.value());
    assertThat(verify.out()).startsWith("live  huggingface").contains("acme-bot (write)");

    Ran suggest = stanch("suggest");
    assertThat(suggest.out())
        .as(suggest.err())
        .contains(
            "a fine-grained token in place of one with the role write", "tokenType=fineGrained");

    Ran plan = stanch("plan");
    assertThat(plan.out())
        .contains("1  revoke  huggingface", "owner    acme-bot, write", "1 to revoke (1 ours)");
    String hash = writtenPlan();

    Ran dry = stanch("revoke");
    assertThat(dry.err()).contains("nothing was changed");
    assertThat(hub.accepts(token)).isTrue();

    Ran revoke = revoke(hash);
    assertThat(revoke.out()).startsWith("dead  huggingface");
    assertThat(revoke.code()).isEqualTo(ExitCode.CLEAN.value());
    assertThat(hub.accepts(token)).isFalse();

    assertThat(stanch("verify").out()).startsWith("dead  huggingface");
    for (Ran ran : List.of(scan, verify, suggest, plan, dry, revoke)) {
      assertThat(ran.out() + ran.err()).doesNotContain(token.substring(8, 30));
    }
  }

  @Test
  void refusesToActOnAnotherPlan() throws Exception {
    assertThat(stanch("revoke", "--apply").code()).isEqualTo(ExitCode.REFUSED.value());
    writtenPlan();
    Ran other = revoke("00000000000000000000000000000000");
    assertThat(other.code()).isEqualTo(ExitCode.REFUSED.value());
    assertThat(hub.accepts(token)).isTrue();
    assertThat(hub.requests()).noneMatch(request -> request.startsWith("POST"));
  }

  @Test
  void sendsRevocationsWithoutCredential() throws Exception {
    revoke(writtenPlan());
    assertThat(hub.requests()).contains("POST /api/credentials/revoke");
  }

  @Test
  void leavesTokensOfOthersAlone() throws Exception {
    Files.writeString(folder.resolve(".config/stanch/config.yml"), "owners: [somebody-else]\n");
    Ran revoke = revoke(writtenPlan());
    assertThat(revoke.out()).startsWith("withheld  huggingface").contains("--third-party");
    assertThat(revoke.code()).isEqualTo(ExitCode.FINDINGS.value());
    assertThat(hub.accepts(token)).isTrue();
  }

  private String writtenPlan() throws Exception {
    stanch("plan", "--format", "json", "--output", "plan.json");
    var hash =
        Pattern.compile("\"hash\" : \"([0-9a-f]{32})\"")
            .matcher(Files.readString(folder.resolve("plan.json")));
    assertThat(hash.find()).isTrue();
    return hash.group(1);
  }

  private Ran revoke(String hash) {
    return stanch(
        "revoke", "--apply", "--plan", "plan.json", "--plan-hash", hash, "--proof-interval", "0");
  }

  private Ran stanch(String... args) {
    var out = new StringWriter();
    var err = new StringWriter();
    var environment =
        new Environment(variables, folder, false, false, Clock.systemUTC(), new Interruption());
    int code =
        Main.run(
            new Console(
                new PrintWriter(out),
                new PrintWriter(err),
                InputStream.nullInputStream(),
                environment),
            args);
    return new Ran(code, out.toString(), err.toString());
  }

  private void git(String... args) throws Exception {
    var command =
        new ArrayList<>(List.of("git", "-c", "user.name=A", "-c", "user.email=a@example.com"));
    command.addAll(List.of(args));
    var process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }
}
