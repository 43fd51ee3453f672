package dev.stanch.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stanch.cli.CommandRun;
import dev.stanch.cli.ExitCode;
import dev.stanch.detectors.rule.ExampleTemplate;
import dev.stanch.fixtures.FakeHuggingFace;
import dev.stanch.fixtures.FakeKey;
import dev.stanch.fixtures.FakeProvider;
import dev.stanch.fixtures.TokenLedger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Replacements as people type them: GitLab replaces by a call, at Hugging Face a person does.
@Execution(ExecutionMode.CONCURRENT) // each mostly waits for its providers' pace
class RotationTest {
  @TempDir Path folder;

  /// Beside the command's own folder, in which no token may be written.
  @TempDir Path stores;

  private FakeHuggingFace hub;
  private FakeProvider gitlab;
  private FakeKey old;
  private String hubToken = "";
  private String dump = "";

  @BeforeEach
  void leak() throws Exception {
    hub = new FakeHuggingFace();
    gitlab = new FakeProvider("gitlab");
    old = gitlab.key("live");
    hubToken = new ExampleTemplate("{{\"hf_\"}}{{alpha:34}}").expand(300);
    hub.issue(hubToken, "acme-bot", "write");
    dump = "GITLAB_TOKEN=" + old.token() + "\nHF_TOKEN=" + hubToken + "\n";
    for (String store : List.of("ci", "app", "hub")) {
      put(store, store.equals("hub") ? hubToken : old.token());
    }
    Files.writeString(
        folder.resolve("sinks.yml"),
        """
        sinks:
          - provider: gitlab
            to: [raw:FOLDER/ci, raw:FOLDER/app]
          - rule: huggingface-user-token
            to: raw:FOLDER/hub
        """
            .replace("FOLDER", stores.toString()));
    Files.createDirectories(folder.resolve("config/stanch"));
    Files.writeString(folder.resolve("config/stanch/config.yml"), "owners: [acme-bot, '7']\n");
  }

  @AfterEach
  void stop() {
    hub.close();
    gitlab.close();
  }

  private void put(String store, String value) throws IOException {
    Files.writeString(stores.resolve(store), value);
    TokenLedger.planted(stores.resolve(store));
  }

  private String held(String store) throws IOException {
    return Files.readString(stores.resolve(store));
  }

  private String plan() throws IOException {
    return Files.readString(folder.resolve("plan.json"));
  }

  private CommandRun.Setting setting() {
    return CommandRun.in(folder)
        .with("HF_ENDPOINT", hub.endpoint())
        .with("CI_API_V4_URL", gitlab.base("https://gitlab.com/api/v4"))
        .with("GITLAB_ADMIN_TOKEN", gitlab.key("admin").token())
        .with("STANCH_TERMINALS", "")
        .with("XDG_CONFIG_HOME", folder.resolve("config").toString());
  }

  private CommandRun stanch(String input, String... args) {
    return setting().reading(input).run(args);
  }

  /// Plans, writes the plan down, and carries it out.
  private CommandRun rotate(String... more) throws IOException {
    return rotate(List.of("--sinks", "sinks.yml"), dump, "-", more);
  }

  private CommandRun rotate(List<String> how, String input, String source, String... more)
      throws IOException {
    var planned = new ArrayList<>(List.of("plan", "--rotate"));
    planned.addAll(how);
    planned.addAll(List.of("--format", "json", "--output", "plan.json", source));
    CommandRun plan = stanch(input, planned.toArray(String[]::new));
    assertThat(plan.status()).as(plan.err()).isEqualTo(ExitCode.FINDINGS.value());
    Matcher hash = Pattern.compile("\"hash\" : \"([0-9a-f]{32})\"").matcher(plan());
    assertThat(hash.find()).isTrue();
    var args =
        new ArrayList<>(
            List.of(
                "rotate",
                "--apply",
                "--plan",
                "plan.json",
                "--plan-hash",
                hash.group(1),
                "--proof-interval",
                "0",
                "--spool",
                "dump.spool"));
    args.addAll(List.of(more));
    if (source.equals("-")) {
      args.add(source);
    }
    return stanch(input, args.toArray(String[]::new));
  }

  private List<FakeKey> live() {
    return gitlab.keys().stream()
        .filter(key -> key.kind().equals("personal") && key.state().equals("live"))
        .toList();
  }

  @Test
  void replacesByACallAndHandsTheOthersOver() throws Exception {
    CommandRun rotate = rotate();
    new Schemas().valid("plan", plan());
    assertThat(rotate.status()).as(rotate.err()).isEqualTo(ExitCode.FINDINGS.value());
    assertThat(rotate.out())
        .contains("1 dead", "1 handed-over", "huggingface.co/settings/tokens/new", "<TAB>VALUE");
    assertThat(old.state()).isEqualTo("revoked");
    assertThat(live()).hasSize(1);
    String fresh = live().getFirst().token();
    assertThat(held("ci")).isEqualTo(fresh);
    assertThat(held("app")).isEqualTo(fresh);
    assertThat(hub.accepts(hubToken)).as("until there is a new one").isTrue();

    String id = handedOver();
    String made = new ExampleTemplate("{{\"hf_\"}}{{alpha:34}}").expand(301);
    hub.issue(made, "acme-bot", "write");
    TokenLedger.record(made);
    CommandRun supply =
        stanch(
            id + "\t" + made + "\n", "incident", "supply", "--from", "-", "--proof-interval", "0");
    assertThat(supply.status()).as(supply.err()).isEqualTo(ExitCode.CLEAN.value());
    assertThat(supply.out()).contains("2 dead");
    assertThat(held("hub")).isEqualTo(made);
    assertThat(hub.accepts(hubToken)).isFalse();
    assertThat(hub.accepts(made)).isTrue();
    assertThat(folder.resolve("dump.spool")).as("kept until the end").doesNotExist();

    String incident = stanch("", "incident", "list").out().split(" ", 2)[0];
    CommandRun show = stanch("", "incident", "show", incident, "--check", "--format", "json");
    new Schemas().valid("incident", show.out());
    CommandRun export = stanch("", "incident", "export", incident);
    export.out().lines().forEach(line -> new Schemas().valid("journal-entry", line));
    assertThat(export.out()).contains("\"minting\"", "\"delivered\"", "\"verified\"");
    nowhere(List.of(fresh, made, old.token(), hubToken), rotate, supply, show, export);
  }

  private String handedOver() throws IOException {
    CommandRun show = stanch("", "incident", "show", "--format", "json");
    for (var step : new ObjectMapper().readTree(show.out()).path("steps")) {
      if (step.path("now").path("state").asText().equals("handed-over")) {
        return step.path("planned").path("token").asText();
      }
    }
    throw new AssertionError(show.out());
  }

  /// Not in what was printed, nor in any file of the command's.
  private void nowhere(List<String> tokens, CommandRun... runs) throws IOException {
    for (String token : tokens) {
      String part = token.substring(6);
      for (CommandRun run : runs) {
        assertThat(run.out() + run.err()).doesNotContain(part);
      }
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
              .as(file.toString())
              .doesNotContain(part);
        }
      }
    }
  }

  @Test
  void revokesWhatIsPublicBeforeItIsReplaced() throws Exception {
    String only = "HF_TOKEN=" + hubToken + "\n";
    List<String> how = List.of("--sinks", "sinks.yml", "--public", "all");
    CommandRun text =
        stanch(only, "plan", "--rotate", "--sinks", "sinks.yml", "--public", "all", "-");
    assertThat(text.out())
        .contains("revoke: everybody can read it in all, as --public says", "fails")
        .contains("take into use, verify\n")
        .doesNotContain("no token stands there");
    String[] slip = {"plan", "--rotate", "--sinks", "sinks.yml", "--public", "sit,te", "-"};
    assertThat(stanch(only, slip).out())
        .contains("--public sit,te: no token stands there, so none ends first for it");
    CommandRun rotate = rotate(how, only, "-");
    new Schemas().valid("plan", plan());
    assertThat(plan()).contains("\"first\" : \"everybody can read it");
    assertThat(rotate.out()).as(rotate.err()).contains("1 handed-over", "<TAB>VALUE");
    assertThat(hub.accepts(hubToken)).as("before there is a new one").isFalse();

    String made = new ExampleTemplate("{{\"hf_\"}}{{alpha:34}}").expand(304);
    hub.issue(made, "acme-bot", "write");
    TokenLedger.record(made);
    CommandRun supply = supply(made);
    assertThat(supply.status()).as(supply.err()).isEqualTo(ExitCode.CLEAN.value());
    assertThat(held("hub")).isEqualTo(made);
    String incident = stanch("", "incident", "list").out().split(" ", 2)[0];
    CommandRun show = stanch("", "incident", "show", incident, "--check", "--format", "json");
    new Schemas().valid("incident", show.out());
    CommandRun export = stanch("", "incident", "export", incident);
    export.out().lines().forEach(line -> new Schemas().valid("journal-entry", line));
    assertThat(export.out().indexOf("\"revoked\""))
        .isBetween(1, export.out().indexOf("\"delivering\""));
    nowhere(List.of(made, hubToken), text, rotate, supply, show, export);
  }

  /// A person hands over the new token.
  private CommandRun supply(String made) throws Exception {
    return stanch(
        handedOver() + "\t" + made + "\n",
        "incident",
        "supply",
        "--from",
        "-",
        "--proof-interval",
        "0");
  }

  @Test
  void hasTheNumberTypedOfWhatEndsBeforeItIsReplaced() throws Exception {
    Path app = Files.createDirectories(stores.resolve("app-code"));
    Files.writeString(app.resolve("x.env"), "HF_TOKEN=" + hubToken + "\n");
    TokenLedger.planted(app.resolve("x.env"));
    String[] args = {
      "rotate",
      "--apply",
      "--public",
      app.toString(),
      "--spool",
      "s",
      "--proof-interval",
      "0",
      "dir:" + app
    };
    CommandRun no =
        setting().onTerminal().with("STANCH_TERMINALS", "012").reading("1\n0\n").run(args);
    assertThat(no.status()).as(no.err()).isEqualTo(ExitCode.REFUSED.value());
    assertThat(no.err()).contains("tokens that end before anything replaces them");
    assertThat(hub.accepts(hubToken)).isTrue();
    CommandRun yes =
        setting().onTerminal().with("STANCH_TERMINALS", "012").reading("1\n1\n").run(args);
    assertThat(yes.out()).as(yes.err()).contains("1 handed-over");
    assertThat(hub.accepts(hubToken)).isFalse();
  }

  @Test
  void saysWhatNoSinkWritesAndWaitsForIt() throws Exception {
    Path app = Files.createDirectories(stores.resolve("app-code"));
    Files.writeString(app.resolve(".env"), "HF_TOKEN=" + hubToken + "\n");
    String line = "HF_TOKEN=" + hubToken + "\n";
    Files.writeString(
        app.resolve("secret.yml"),
        "data:\n  env: "
            + Base64.getEncoder().encodeToString(line.getBytes(StandardCharsets.US_ASCII))
            + "\n");
    TokenLedger.planted(app.resolve(".env"));
    TokenLedger.planted(app.resolve("secret.yml"));
    String source = "dir:" + app;
    CommandRun text = stanch("", "plan", "--rotate", source);
    assertThat(text.out())
        .containsPattern("by hand +change secret.yml!base64:2, which no sink writes: .* waits");
    CommandRun rotate = rotate(List.of(), "", source);
    new Schemas().valid("plan", plan());
    assertThat(plan()).contains("\"waits\" : true", "\"inUse\" : true");
    assertThat(rotate.out()).as(rotate.err()).contains("1 handed-over");
    String made = new ExampleTemplate("{{\"hf_\"}}{{alpha:34}}").expand(305);
    hub.issue(made, "acme-bot", "write");
    TokenLedger.record(made);
    CommandRun supply = supply(made);
    assertThat(supply.err()).contains("no sink writes", "secret.yml", "change it by hand");
    assertThat(hub.accepts(hubToken)).as("what nobody changed yet uses it").isTrue();
    assertThat(Files.readString(app.resolve(".env"))).contains(made);
    CommandRun resume =
        stanch("", "incident", "resume", "--activated", "1", "--proof-interval", "0");
    assertThat(resume.out()).as(resume.err()).contains("1 dead");
    assertThat(hub.accepts(hubToken)).isFalse();
  }

  @Test
  void refusesValuesThatAreNotWhatWasAskedFor() throws Exception {
    rotate();
    String id = handedOver();
    String stranger = new ExampleTemplate("{{\"hf_\"}}{{alpha:34}}").expand(302);
    hub.issue(stranger, "someone-else", "write");
    String dead = new ExampleTemplate("{{\"hf_\"}}{{alpha:34}}").expand(303);
    String gitlabs = live().getFirst().token();
    record Wrong(String value, String why) {}
    for (Wrong wrong :
        List.of(
            new Wrong(hubToken, "it is the old value"),
            new Wrong(stranger, "another owner's"),
            new Wrong(dead, "it is not accepted"),
            new Wrong(gitlabs, "looks like a token of another provider"))) {
      TokenLedger.record(wrong.value());
      CommandRun supply =
          stanch(id + "\t" + wrong.value() + "\n", "incident", "supply", "--from", "-");
      assertThat(supply.status()).as(supply.err()).isEqualTo(ExitCode.REFUSED.value());
      assertThat(supply.err()).contains(wrong.why());
      assertThat(held("hub")).isEqualTo(hubToken);
      assertThat(hub.accepts(hubToken)).isTrue();
    }
    assertThat(hub.heard(gitlabs)).as("another provider's token was shown to the Hub").isFalse();
    CommandRun nobody = stanch("v1:none\tvalue\n", "incident", "supply", "--from", "-");
    assertThat(nobody.err()).contains("no step is about this token");
    CommandRun broken =
        stanch(id + "\tvalue\nsomething else\n", "incident", "supply", "--from", "-");
    assertThat(broken.status()).isEqualTo(ExitCode.USAGE.value());
    assertThat(broken.err()).contains("line 2");
  }

  @Test
  void leavesAloneWhatHasNoSinkOrAnother() throws Exception {
    put("app", "somebody-changed-it");
    CommandRun plan = stanch(dump, "rotate", "--sinks", "sinks.yml", "-");
    assertThat(plan.out())
        .contains("app: it does not hold the token", "1 to stop at, 1 to rotate")
        .contains("by hand, then stanch incident supply");
    Files.writeString(folder.resolve("sinks.yml"), "sinks: []\n");
    assertThat(stanch(dump, "rotate", "--sinks", "sinks.yml", "-").out())
        .contains("2 to stop at", "name a sink, or revoke it");
    assertThat(stanch(dump, "respond", "--rotate", "--sinks", "sinks.yml", "-").out())
        .contains("2 to revoke");
    Files.writeString(folder.resolve("sinks.yml"), "sinks:\n  - {to: nothing}\n  - {rule: x}\n");
    CommandRun wrong = stanch(dump, "rotate", "--sinks", "sinks.yml", "-");
    assertThat(wrong.status()).isEqualTo(ExitCode.USAGE.value());
    assertThat(wrong.err())
        .contains("a sink is written KIND:WHERE", "which finding", "'to' names no sink");
    assertThat(gitlab.requests()).noneMatch(request -> request.call().contains("/rotate"));
  }

  @Test
  void waitsForAPersonWhereNothingElseCanRestart() throws Exception {
    put("ci.manual", old.token());
    Files.writeString(
        folder.resolve("sinks.yml"),
        "sinks:\n  - {provider: gitlab, to: 'raw:" + stores.resolve("ci.manual") + "'}\n");
    CommandRun rotate = rotate("--only-provider", "gitlab");
    assertThat(rotate.out()).as(rotate.err()).contains("1 delivered", "--activated 1");
    assertThat(rotate.err()).contains("restart what reads ci.manual");
    assertThat(held("ci.manual")).isEqualTo(live().getFirst().token());
    CommandRun resume =
        stanch("", "incident", "resume", "--activated", "1", "--proof-interval", "0");
    assertThat(resume.out()).as(resume.err()).contains("1 dead");
  }
}
