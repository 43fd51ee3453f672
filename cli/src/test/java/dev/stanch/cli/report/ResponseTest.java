package dev.stanch.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.cli.CommandRun;
import dev.stanch.cli.ExitCode;
import dev.stanch.detectors.rule.ExampleTemplate;
import dev.stanch.fixtures.FakeHuggingFace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A response as people type it, from a leak of several tokens to its report.
class ResponseTest {
  @TempDir Path folder;

  private FakeHuggingFace hub;
  private final List<String> tokens = new ArrayList<>();

  @BeforeEach
  void leak() throws Exception {
    hub = new FakeHuggingFace();
    var lines = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      String token = new ExampleTemplate("{{\"hf_\"}}{{alpha:34}}").expand(100 + i);
      tokens.add(token);
      hub.issue(token, i < 5 ? "acme-bot" : "stranger", "write");
      lines.append("login(token=\"").append(token).append("\")\n");
    }
    Files.createDirectories(folder.resolve("leak"));
    Files.writeString(folder.resolve("leak/app.py"), lines);
    Files.createDirectories(folder.resolve("config/stanch"));
    Files.writeString(folder.resolve("config/stanch/config.yml"), "owners: [acme-bot]\n");
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private CommandRun.Setting setting() {
    return CommandRun.in(folder)
        .with("HF_ENDPOINT", hub.endpoint())
        .with("STANCH_TERMINALS", "")
        .with("XDG_CONFIG_HOME", folder.resolve("config").toString());
  }

  private CommandRun stanch(String... args) {
    return setting().run(args);
  }

  private String plan(String... sources) throws IOException {
    var args = new ArrayList<>(List.of("plan", "--format", "json", "--output", "plan.json"));
    args.addAll(List.of(sources));
    assertThat(stanch(args.toArray(String[]::new)).status()).isEqualTo(1);
    Matcher hash =
        Pattern.compile("\"hash\" : \"([0-9a-f]{32})\"")
            .matcher(Files.readString(folder.resolve("plan.json")));
    assertThat(hash.find()).isTrue();
    return hash.group(1);
  }

  private CommandRun apply(String hash, String... more) {
    var args =
        new ArrayList<>(
            List.of(
                "revoke",
                "--apply",
                "--plan",
                "plan.json",
                "--plan-hash",
                hash,
                "--proof-interval",
                "0"));
    args.addAll(List.of(more));
    return stanch(args.toArray(String[]::new));
  }

  @Test
  void endsWhatIsOursAndReportsIt() throws Exception {
    String hash = plan("dir:leak");
    var schemas = new Schemas();
    schemas.valid("plan", Files.readString(folder.resolve("plan.json")));

    CommandRun revoke = apply(hash, "--events", "events.jsonl");
    assertThat(revoke.status()).as(revoke.err()).isEqualTo(ExitCode.FINDINGS.value());
    assertThat(revoke.out()).contains("5 dead", "1 withheld", "head ");
    assertThat(tokens.subList(0, 5)).noneMatch(hub::accepts);
    assertThat(hub.accepts(tokens.get(5))).as("a stranger's").isTrue();

    CommandRun show = stanch("incident", "show", "--check", "--format", "json");
    assertThat(show.err()).contains("the journal is whole");
    schemas.valid("incident", show.out());
    assertThat(stanch("incident", "show").out())
        .contains("whose     acme-bot", "left for people:", "--third-party");
    assertThat(stanch("incident", "show", "--format", "md").out()).contains("| 1 | dead |");

    CommandRun export = stanch("incident", "export");
    assertThat(export.out().lines()).hasSizeGreaterThan(20);
    export.out().lines().forEach(line -> schemas.valid("journal-entry", line));
    assertThat(Files.readAllLines(folder.resolve("events.jsonl")))
        .anyMatch(line -> line.contains("\"class_uid\":2004"))
        .anyMatch(line -> line.contains("\"class_uid\":7001"));
    assertThat(stanch("incident", "list").out()).contains("open", "1 of 6 left");
    noTokenAnywhere(revoke, show, export);
  }

  /// Not in what was printed, nor in any file but the one that leaked.
  private void noTokenAnywhere(CommandRun... runs) throws IOException {
    for (String token : tokens) {
      String part = token.substring(6, 30);
      for (CommandRun run : runs) {
        assertThat(run.out() + run.err()).doesNotContain(part);
      }
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          if (!file.startsWith(folder.resolve("leak"))) {
            assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                .as(file.toString())
                .doesNotContain(part);
          }
        }
      }
    }
  }

  @Test
  void releasesStrangersOnlyWithAReason() throws Exception {
    String hash = plan("dir:leak");
    assertThat(apply(hash, "--third-party").status()).isEqualTo(ExitCode.USAGE.value());
    CommandRun revoke = apply(hash, "--third-party", "--reason", "the host asked us to");
    assertThat(revoke.status()).as(revoke.err()).isEqualTo(ExitCode.CLEAN.value());
    assertThat(tokens).noneMatch(hub::accepts);
    String id = stanch("incident", "list").out().split(" ", 2)[0];
    assertThat(stanch("incident", "show", id).out()).contains("reason the host asked us to");
  }

  @Test
  void asksForTheNumberOfIrreversibleActions() {
    CommandRun.Setting wrong = setting().onTerminal().with("STANCH_TERMINALS", "012");
    assertThat(wrong.reading("yes\n").run("revoke", "--apply", "--proof-interval", "0", "dir:leak"))
        .satisfies(
            run -> {
              assertThat(run.status()).isEqualTo(ExitCode.REFUSED.value());
              assertThat(run.err()).contains("5  huggingface  acme-bot  revoke");
            });
    assertThat(tokens).allMatch(hub::accepts);
    CommandRun.Setting right = setting().onTerminal().with("STANCH_TERMINALS", "012");
    right.reading("5\n").run("revoke", "--apply", "--proof-interval", "0", "dir:leak");
    assertThat(tokens.subList(0, 5)).noneMatch(hub::accepts);
  }

  @Test
  void actsOnNoMoreThanSelected() throws Exception {
    String hash = plan("dir:leak");
    apply(hash, "--max-actions", "2");
    assertThat(tokens.stream().filter(hub::accepts)).hasSize(4);
  }

  @Test
  void goesOnWithATokenThatIsSupplied() throws Exception {
    String hash = plan("dir:leak");
    String text = Files.readString(folder.resolve("leak/app.py"));
    Files.writeString(folder.resolve("leak/app.py"), text.replace(tokens.get(1), "gone"));
    CommandRun revoke = apply(hash, "--owner", "acme-bot");
    assertThat(revoke.out()).contains("1 needs-token", "4 dead");
    CommandRun supply =
        setting()
            .reading("token: " + tokens.get(1) + "\n")
            .run("incident", "supply", "--from", "-", "--proof-interval", "0");
    assertThat(supply.out()).as(supply.err()).contains("5 dead");
    assertThat(tokens.subList(0, 5)).noneMatch(hub::accepts);
    noTokenAnywhere(revoke, supply);
  }

  @Test
  void keepsADumpEncryptedUntilItIsDoneWith() throws Exception {
    String dump = String.join("\n", tokens.subList(0, 5)) + "\n";
    CommandRun triage = setting().reading(dump).run("respond", "-");
    assertThat(triage.out()).contains("huggingface  5  5  5  0  0  0  5");
    setting().reading(dump).run("plan", "--format", "json", "--output", "plan.json", "-");
    String hash = hashOfPlan();
    String[] apply = {
      "respond", "--apply", "--plan", "plan.json", "--plan-hash", hash, "--proof-interval", "0", "-"
    };
    assertThat(setting().reading(dump).run(apply).status()).isEqualTo(ExitCode.REFUSED.value());
    var spooled = new ArrayList<>(List.of(apply));
    spooled.addAll(1, List.of("--spool", "dump.spool", "--max-actions", "2"));
    CommandRun some = setting().reading(dump).run(spooled.toArray(String[]::new));
    assertThat(some.out()).as(some.err()).contains("2 dead");
    assertThat(folder.resolve("dump.spool")).exists();
    noTokenOutsideLeak(dump);
  }

  private String hashOfPlan() throws IOException {
    Matcher hash =
        Pattern.compile("\"hash\" : \"([0-9a-f]{32})\"")
            .matcher(Files.readString(folder.resolve("plan.json")));
    assertThat(hash.find()).isTrue();
    return hash.group(1);
  }

  private void noTokenOutsideLeak(String dump) throws IOException {
    assertThat(
            new String(
                Files.readAllBytes(folder.resolve("dump.spool")), StandardCharsets.ISO_8859_1))
        .doesNotContain(dump.substring(6, 30));
    noTokenAnywhere();
  }

  @Test
  void readsReportsOfOthers() throws Exception {
    String report =
        "[{\"Description\":\"x\",\"File\":\"leak/app.py\",\"StartLine\":2,\"Secret\":\"REDACTED\"}]";
    Files.writeString(folder.resolve("gitleaks.json"), report);
    assertThat(stanch("verify", "gitleaks.json").out().lines()).hasSize(1);
    Files.writeString(
        folder.resolve("trufflehog.jsonl"),
        "{\"Raw\":\"" + tokens.get(3) + "\",\"Verified\":true}\n");
    assertThat(stanch("verify", "trufflehog.jsonl").out()).startsWith("live  huggingface");
    Files.writeString(
        folder.resolve("findings.csv"), "rule,file,line\nx,leak/app.py,1\nx,leak/app.py,3\n");
    assertThat(stanch("verify", "findings.csv").out().lines()).hasSize(2);
    stanch("scan", "dir", "--format", "jsonl", "--output", "own.jsonl", "leak");
    assertThat(stanch("verify", "own.jsonl").out().lines()).hasSize(6);
  }

  @Test
  void pausesAndRecovers() throws Exception {
    String hash = plan("dir:leak");
    apply(hash, "--max-actions", "1");
    assertThat(stanch("incident", "pause").status()).isZero();
    assertThat(stanch("incident", "list").out()).contains("paused");
    Files.delete(folder.resolve(".state/stanch/journal.db"));
    CommandRun dry = stanch("incident", "recover", "--plan", "plan.json");
    assertThat(dry.out()).contains("then live, now dead");
    assertThat(stanch("incident", "list").out()).isEmpty();
    assertThat(stanch("incident", "recover", "--plan", "plan.json", "--confirm", hash).status())
        .isEqualTo(1);
    CommandRun resume = stanch("incident", "resume", "--proof-interval", "0");
    assertThat(resume.out()).as(resume.err()).contains("5 dead");
    assertThat(tokens.subList(0, 5)).noneMatch(hub::accepts);
  }
}
