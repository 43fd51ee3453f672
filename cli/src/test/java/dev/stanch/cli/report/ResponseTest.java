package dev.stanch.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

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

/// A response as people type it, from a leak of several tokens to its report.
@Execution(ExecutionMode.CONCURRENT) // each mostly waits for its provider's pace
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
    TokenLedger.planted(folder.resolve("leak/app.py"));
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
    String listed = stanch("incident", "list", "--format", "json").out();
    new Schemas().valid("incidents", listed);
    assertThat(listed).contains("\"status\" : \"open\"", "\"steps\" : 6", "\"left\" : 1");
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
    assertThat(triage.out())
        .containsPattern("huggingface +5 +5 +5 +0 +0 +0 +0 +5")
        .contains("5 of 5 tokens are ours and live");
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
    assertThat(stanch("verify", "gitleaks.json").out()).contains("1 token: 1 live");
    Files.writeString(
        folder.resolve("trufflehog.jsonl"),
        "{\"Raw\":\"" + tokens.get(3) + "\",\"Verified\":true}\n");
    assertThat(stanch("verify", "trufflehog.jsonl").out()).startsWith("live  huggingface");
    Files.writeString(
        folder.resolve("findings.csv"), "rule,file,line\nx,leak/app.py,1\nx,leak/app.py,3\n");
    assertThat(stanch("verify", "findings.csv").out()).contains("2 tokens: 2 live");
    stanch("scan", "dir", "--format", "jsonl", "--output", "own.jsonl", "leak");
    assertThat(stanch("verify", "own.jsonl").out()).contains("6 tokens: 6 live");
    Files.writeString(
        folder.resolve("quoted.csv"),
        "rule,message,file,line\nx,\"a, \"\"b\"\"\nc\",leak/app.py,3\n");
    assertThat(stanch("verify", "quoted.csv").out()).contains("1 token: 1 live");
    Files.writeString(
        folder.resolve("results.sarif"),
        "{\"runs\":[{\"results\":[{\"locations\":[{\"physicalLocation\":{\"artifactLocation\":{"
            + "\"uri\":\"leak/app.py\"},\"region\":{\"startLine\":4}}}]}]}]}");
    assertThat(stanch("verify", "results.sarif").out()).contains("1 token: 1 live");
    Files.writeString(
        folder.resolve("outside.json"), "[{\"File\":\"../leak/app.py\",\"StartLine\":1}]");
    assertThat(stanch("verify", "outside.json").out()).contains("no tokens");
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

  @Test
  void followsAReportIntoTheHistory() throws Exception {
    Path repository = Files.createDirectories(folder.resolve("history"));
    git(repository, "init", "-q", "-b", "main");
    Files.writeString(repository.resolve("old.py"), "login(token=\"" + tokens.get(2) + "\")\n");
    git(repository, "add", "old.py");
    git(repository, "commit", "-q", "-m", "Log in");
    git(repository, "rm", "-q", "old.py");
    git(repository, "commit", "-q", "-m", "Take it out");
    Files.writeString(
        repository.resolve("gitleaks.json"),
        "[{\"File\":\"old.py\",\"StartLine\":1,\"Secret\":\"REDACTED\",\"Commit\":\""
            + "%040x".formatted(7)
            + "\"}]");
    CommandRun verify =
        CommandRun.in(repository)
            .with("HF_ENDPOINT", hub.endpoint())
            .with("XDG_CONFIG_HOME", folder.resolve("config").toString())
            .run("verify", "gitleaks.json");
    assertThat(verify.out()).as(verify.err()).contains("1 token: 1 live");
  }

  private static void git(Path where, String... args) throws Exception {
    var command =
        new ArrayList<>(List.of("git", "-c", "user.name=A", "-c", "user.email=a@b.example"));
    command.addAll(List.of(args));
    var process =
        new ProcessBuilder(command).directory(where.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  @Test
  void writesVerdictsInEveryFormat() throws Exception {
    Files.createDirectories(folder.resolve("one"));
    Files.writeString(folder.resolve("one/a.py"), "login(token=\"" + tokens.get(0) + "\")\n");
    CommandRun json = stanch("verify", "--format", "json", "dir:one");
    assertThat(json.status()).isEqualTo(ExitCode.FINDINGS.value());
    assertThat(json.out()).contains("\"verdict\" : \"live\"", "\"identity\" : \"acme-bot\"");
    for (String format :
        List.of("jsonl", "sarif", "csv", "junit", "gitlab", "html", "md", "text")) {
      String file = "verified." + format;
      assertThat(stanch("verify", "--format", format, "--output", file, "dir:one").out()).isEmpty();
      assertThat(folder.resolve(file)).content().contains("live");
    }
    Files.createDirectories(folder.resolve("nothing"));
    Files.writeString(folder.resolve("nothing/a"), "nothing\n");
    assertThat(stanch("verify", "dir:nothing").status()).isEqualTo(ExitCode.CLEAN.value());
    hub.close();
    assertThat(stanch("verify", "dir:one").status())
        .as("what nobody answers is not dead")
        .isEqualTo(ExitCode.FINDINGS.value());
    assertThat(json.out()).doesNotContain(tokens.get(0).substring(6, 30));
  }

  @Test
  void takesLaterWhatWasWithheld() throws Exception {
    String hash = plan("dir:leak");
    apply(hash, "--max-actions", "2");
    CommandRun again = stanch("incident", "resume", "--proof-interval", "0");
    assertThat(again.out()).as("nothing more was agreed to").contains("2 dead", "4 withheld");
    assertThat(stanch("incident", "resume", "--owner", "acme-bot").status())
        .isEqualTo(ExitCode.REFUSED.value());
    CommandRun ours =
        stanch(
            "incident",
            "resume",
            "--owner",
            "acme-bot",
            "--plan-hash",
            hash,
            "--proof-interval",
            "0");
    assertThat(ours.out()).as(ours.err()).contains("5 dead", "1 withheld");
    assertThat(hub.accepts(tokens.get(5))).isTrue();
    CommandRun asked =
        setting()
            .onTerminal()
            .with("STANCH_TERMINALS", "012")
            .reading("1\n1\n")
            .run(
                "incident",
                "resume",
                "--third-party",
                "--reason",
                "they asked",
                "--proof-interval",
                "0");
    assertThat(asked.out()).as(asked.err()).contains("6 dead");
    assertThat(asked.err()).contains("tokens that are not ours");
    assertThat(tokens).noneMatch(hub::accepts);
  }

  @Test
  void saysWhoHasNotActedAndWritesToThem() throws Exception {
    try (var openai = new FakeProvider("openai")) {
      FakeKey key = openai.key("live");
      Files.writeString(folder.resolve("leak/app.py"), "OPENAI_API_KEY=" + key.token() + "\n");
      CommandRun.Setting setting =
          setting().with("OPENAI_BASE_URL", openai.base("https://api.openai.com/v1"));
      CommandRun plan =
          setting.run("plan", "--format", "json", "--output", "plan.json", "dir:leak");
      assertThat(plan.err()).contains("OPENAI_ADMIN_KEY is not set; it needs: an admin key");
      String[] revoke = {"revoke", "--apply", "--plan", "plan.json", "--plan-hash", hashOfPlan()};
      assertThat(setting.run(revoke).status()).isEqualTo(ExitCode.FINDINGS.value());
      CommandRun show = setting.run("incident", "show", "--format", "json");
      Files.writeString(folder.resolve("incident.json"), show.out());
      new Schemas().valid("incident", show.out());
      assertThat(setting.run("incident", "show").out())
          .contains("has not acted on 1 token", "https://platform.openai.com/api-keys");
      assertThat(setting.run("report", "incident.json", "--format", "html").out())
          .contains("<h2>Left for people</h2>", "has not acted on 1 token")
          .isEqualTo(setting.run("incident", "show", "--format", "html").out());
      assertThat(setting.run("report", "incident.json", "--format", "sarif").status())
          .isEqualTo(ExitCode.USAGE.value());
      setting.run("incident", "export", "--by-owner", "letters");
      try (Stream<Path> letters = Files.list(folder.resolve("letters"))) {
        assertThat(letters.toList())
            .singleElement()
            .satisfies(
                letter ->
                    assertThat(letter)
                        .content()
                        .contains("https://platform.openai.com/api-keys", "by 2026-03-02T12:00"));
      }
    }
  }

  @Test
  void takesNothingThatIsNotOursByNow() throws Exception {
    String hash = plan("dir:leak");
    Files.writeString(folder.resolve("config/stanch/config.yml"), "owners: [somebody]\n");
    CommandRun strangers = apply(hash);
    assertThat(strangers.out()).as(strangers.err()).contains("6 withheld");
    assertThat(tokens).allMatch(hub::accepts);
    Files.writeString(folder.resolve("config/stanch/config.yml"), "owners: [acme-bot]\n");
    CommandRun inUse =
        setting()
            .with("HF_TOKEN", tokens.get(0))
            .run(
                "revoke",
                "--apply",
                "--plan",
                "plan.json",
                "--plan-hash",
                hash,
                "--proof-interval",
                "0");
    assertThat(inUse.out()).as(inUse.err()).contains("4 dead", "2 withheld");
    assertThat(hub.accepts(tokens.get(0))).isTrue();
  }

  @Test
  void resumesNothingThatIsNotOursByNow() throws Exception {
    String hash = plan("dir:leak");
    String text = Files.readString(folder.resolve("leak/app.py"));
    Files.writeString(folder.resolve("leak/app.py"), "nothing\n");
    assertThat(apply(hash).out()).contains("5 needs-token");
    Files.writeString(folder.resolve("leak/app.py"), text);
    Files.writeString(folder.resolve("config/stanch/config.yml"), "owners: [somebody]\n");
    CommandRun strangers = stanch("incident", "resume", "--proof-interval", "0");
    assertThat(strangers.err()).contains("step 1 is left: not ours by your configuration");
    assertThat(tokens).allMatch(hub::accepts);
    Files.writeString(folder.resolve("config/stanch/config.yml"), "owners: [acme-bot]\n");
    CommandRun ours = stanch("incident", "resume", "--proof-interval", "0");
    assertThat(ours.out()).as(ours.err()).contains("5 dead");
  }

  @Test
  void aStrangersTokenIsOneThoughThisMachineWorksWithIt() throws Exception {
    CommandRun.Setting setting = setting().with("HF_TOKEN", tokens.get(5));
    setting.run("plan", "--format", "json", "--output", "plan.json", "dir:leak");
    var args =
        new ArrayList<>(
            List.of("revoke", "--apply", "--plan", "plan.json", "--plan-hash", hashOfPlan()));
    args.addAll(List.of("--in-use", "6", "--proof-interval", "0"));
    CommandRun inUse = setting.run(args.toArray(String[]::new));
    assertThat(inUse.out()).as(inUse.err()).contains("5 dead", "1 withheld");
    assertThat(hub.accepts(tokens.get(5))).isTrue();
  }

  @Test
  void deletesOnlyWhatWasAgreedTo() throws Exception {
    try (var router = new FakeProvider("openrouter")) {
      FakeKey key = router.key("live");
      FakeKey admin = router.key("admin");
      Files.writeString(folder.resolve("leak/app.py"), "KEY=" + key.token() + "\n");
      String owned = "owners: [user_acme]\n";
      Files.writeString(folder.resolve("config/stanch/config.yml"), owned);
      CommandRun.Setting setting =
          setting()
              .with("STANCH_OPENROUTER_URL", router.base("https://openrouter.ai/api/v1"))
              .with(admin.variable(), admin.token());
      setting.run("plan", "--format", "json", "--output", "plan.json", "dir:leak");
      String hash = hashOfPlan();
      CommandRun revoke =
          setting.run(
              "revoke",
              "--apply",
              "--plan",
              "plan.json",
              "--plan-hash",
              hash,
              "--allow-collateral",
              "1",
              "--proof-interval",
              "0");
      assertThat(revoke.out()).as(revoke.err()).contains("1 contained");

      var purge = List.of("incident", "resume", "--purge", "--grace", "0", "--proof-interval", "0");
      assertThat(setting.run("incident", "resume", "--purge").err())
          .contains("nothing was switched off 7 days ago");
      assertThat(purge(setting, purge).err()).contains("step 1 stays switched off: more than");
      var allowed = new ArrayList<>(purge);
      allowed.addAll(List.of("--allow-collateral", "1"));
      CommandRun unasked = purge(setting, allowed, "--plan-hash", hash);
      assertThat(unasked.status())
          .as("the hash of the plan agrees to no deletion")
          .isEqualTo(ExitCode.REFUSED.value());
      assertThat(unasked.out()).contains("1  openrouter  user_acme  delete ");
      assertThat(purge(setting, allowed, "--purge-hash", hash).status())
          .isEqualTo(ExitCode.REFUSED.value());
      String agreed = unasked.out().replaceAll("(?s).*purge hash ([0-9a-f]{32})\\s*", "$1");
      Files.writeString(folder.resolve("config/stanch/config.yml"), "owners: [somebody]\n");
      assertThat(purge(setting, allowed, "--purge-hash", agreed).err())
          .contains("not ours by your configuration");
      assertThat(key.state()).isEqualTo("disabled");

      Files.writeString(folder.resolve("config/stanch/config.yml"), owned);
      CommandRun last = purge(setting, allowed, "--purge-hash", agreed);
      assertThat(last.out()).as(last.err()).contains("1 dead");
      assertThat(last.status()).isEqualTo(ExitCode.CLEAN.value());
      assertThat(key.state()).isEqualTo("revoked");
    }
  }

  private static CommandRun purge(CommandRun.Setting setting, List<String> args, String... more) {
    var all = new ArrayList<>(args);
    all.addAll(List.of(more));
    return setting.run(all.toArray(String[]::new));
  }

  @Test
  void printsNoTokenThatIsTheNameOfSomething() throws Exception {
    Path inside = folder.resolve("leak/" + tokens.get(1));
    Files.createDirectories(inside);
    Files.move(folder.resolve("leak/app.py"), inside.resolve(tokens.get(0) + ".py"));
    Files.write(inside.resolve(tokens.get(2) + ".zip"), new byte[] {'P', 'K', 3, 4, 9, 9});
    var runs = new ArrayList<CommandRun>();
    for (String format :
        List.of("text", "json", "jsonl", "sarif", "csv", "junit", "gitlab", "html", "md")) {
      runs.add(stanch("scan", "dir", "--format", format, "leak"));
      assertThat(runs.getLast().out()).contains("…");
    }
    runs.add(
        setting()
            .with(tokens.get(3), "login(token=\"" + tokens.get(4) + "\")")
            .run("scan", "env", "--format", "jsonl"));
    for (String format : List.of("text", "md", "html")) {
      runs.add(stanch("plan", "--format", format, "dir:leak"));
    }
    String hash = plan("dir:leak");
    runs.add(apply(hash, "--events", "events.jsonl"));
    assertThat(runs.getLast().out()).as("found again by its place").contains("5 dead");
    for (String format : List.of("text", "json", "md", "html")) {
      runs.add(stanch("incident", "show", "--format", format));
    }
    runs.add(stanch("incident", "export"));
    noTokenAnywhere(runs.toArray(CommandRun[]::new));
  }

  @Test
  void saysWhereAReportIsNotOne() throws Exception {
    CommandRun scan = stanch("scan", "dir", "--format", "jsonl", "leak");
    List<String> lines = scan.out().lines().toList();
    record Change(String from, String to, String error) {}
    for (Change change :
        List.of(
            new Change(
                "\"line\":2", "\"line\":\"2\"", "line 2: places[0].line: not a whole number"),
            new Change("\"line\":2,", "", "line 2: places[0]: no 'line'"),
            new Change("\"why\":[\"", "\"why\":[7,\"", "line 2: why[0]: not a text"),
            new Change("\"severity\":\"", "\"severity\":\"x", "line 2: severity: not a value"),
            new Change("\"verification\":", "\"verified\":", "line 2: no 'verification'"))) {
      String broken = lines.get(1).replace(change.from(), change.to());
      assertThat(broken).isNotEqualTo(lines.get(1));
      String text = lines.getFirst() + "\n" + broken + "\n" + lines.getLast() + "\n";
      CommandRun run = setting().reading(text).run("report", "-");
      assertThat(run.status()).isEqualTo(ExitCode.USAGE.value());
      assertThat(run.err()).contains("error: -: " + change.error());
    }
    plan("dir:leak");
    String plan = Files.readString(folder.resolve("plan.json"));
    Files.writeString(
        folder.resolve("plan.json"), plan.replaceFirst("\"batch\" : 1,", "\"batch\" : null,"));
    assertThat(stanch("revoke", "--plan", "plan.json").err()).contains("steps[0]: no 'batch'");
  }

  @Test
  void warnsWhereNobodyIsUs() throws Exception {
    Files.writeString(folder.resolve("config/stanch/config.yml"), "owners: []\n");
    CommandRun respond = setting().reading(tokens.get(0) + "\n").run("respond", "-");
    assertThat(respond.err()).contains("no owner is configured");
    assertThat(respond.out()).contains("live and not ours: acme-bot (1)");
    assertThat(respond.status()).isEqualTo(ExitCode.FINDINGS.value());
  }

  @Test
  void endsWhereNothingIsOursAndLive() {
    CommandRun respond = setting().reading(tokens.get(5) + "\n").run("respond", "-");
    assertThat(respond.out()).contains("0 of 1 tokens are ours and live", "stranger (1)");
    assertThat(respond.status()).isEqualTo(ExitCode.CLEAN.value());
  }
}
