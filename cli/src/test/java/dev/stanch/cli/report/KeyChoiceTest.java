package dev.stanch.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stanch.cli.CommandRun;
import dev.stanch.cli.ExitCode;
import dev.stanch.fixtures.FakeKey;
import dev.stanch.fixtures.FakeProvider;
import dev.stanch.fixtures.TokenLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// A person says which key a token is, where the provider's listing shows nothing of its keys.
@Execution(ExecutionMode.CONCURRENT) // each mostly waits for its provider's pace
class KeyChoiceTest {
  private static final String HOST = "https://dbc-0a1b2c3d-4e5f.cloud.databricks.com";

  @TempDir Path folder;

  /// Beside the command's own folder, in which no token may be written.
  @TempDir Path stores;

  private LeakFolder at;
  private FakeProvider databricks;
  private FakeKey live;
  private FakeKey other;

  @BeforeEach
  void leak() throws Exception {
    databricks = new FakeProvider("databricks");
    live = databricks.key("live");
    other = databricks.key("in-cluster");
    at = new LeakFolder(folder, "@acme.example");
    write(live);
  }

  @AfterEach
  void stop() {
    databricks.close();
  }

  private void write(FakeKey... keys) throws IOException {
    var text = new StringBuilder("DATABRICKS_HOST=" + HOST + "\n");
    for (FakeKey key : keys) {
      text.append("DATABRICKS_TOKEN=").append(key.token()).append('\n');
    }
    at.leak(text.toString());
  }

  private static String id(FakeKey key) {
    return key.fields().path("id").asText();
  }

  private CommandRun.Setting setting() {
    return at.setting().with("DATABRICKS_HOST", databricks.base(HOST));
  }

  private CommandRun stanch(String... args) {
    return setting().run(args);
  }

  private CommandRun plan(String... more) {
    return stanch(LeakFolder.plan(more));
  }

  /// The option as the plan shows it for a key.
  private static String option(String plan, String key) {
    Matcher shown = Pattern.compile("--key (v1:[a-z2-7]{26}=" + key + "),").matcher(plan);
    assertThat(shown.find()).as(plan).isTrue();
    return shown.group(1);
  }

  @Test
  void listsTheKeysAndEndsTheOneThatAPersonChose() throws Exception {
    CommandRun open = stanch("plan", "dir:leak");
    assertThat(open.status()).as(open.err()).isEqualTo(ExitCode.FINDINGS.value());
    assertThat(open.out())
        .contains("nothing tells which of 6 listed keys it is, if any: a person must choose")
        .contains("named '" + live.fields().path("comment").asText() + "', made 2026-09-21");
    String option = option(open.out(), id(live));
    plan();
    assertThat(at.planned().path("steps").path(0).path("do").asText()).isEqualTo("blocked");
    assertThat(at.planned().path("choices").path(0).path("keys")).hasSize(6);

    CommandRun chosen = stanch("plan", "--key", option, "dir:leak");
    assertThat(chosen.out()).contains("1 to revoke", id(live) + ", chosen by a person, named '");
    plan("--key", option);
    assertThat(at.planned().path("steps").path(0).path("chosen").path("key").asText())
        .isEqualTo(id(live));
    assertThat(at.planned().has("choices")).isFalse();
    assertThat(live.state()).as("a plan changes nothing").isEqualTo("live");

    CommandRun revoke = stanch(at.apply("revoke"));
    assertThat(revoke.status()).as(revoke.err()).isEqualTo(ExitCode.CLEAN.value());
    assertThat(revoke.out()).contains("1 dead");
    assertThat(live.state()).isEqualTo("revoked");
    assertThat(other.state()).isEqualTo("live");
    assertThat(incidents("show")).contains(id(live) + ", chosen by a person, named '");
    var schemas = new Schemas();
    incidents("export").lines().forEach(line -> schemas.valid("journal-entry", line));
  }

  /// What a command says of every incident.
  private String incidents(String command) {
    var said = new StringBuilder();
    for (String line : stanch("incident", "list").out().lines().toList()) {
      said.append(stanch("incident", command, line.split(" ", 2)[0]).out());
    }
    return said.toString();
  }

  @Test
  void isADryRunAndAsksAtATerminal() throws Exception {
    String option = option(stanch("plan", "dir:leak").out(), id(live));
    CommandRun dry = stanch("revoke", "--key", option, "dir:leak");
    assertThat(dry.err()).contains("nothing was changed");
    assertThat(live.state()).isEqualTo("live");
    CommandRun.Setting terminal = setting().onTerminal().with("STANCH_TERMINALS", "012");
    CommandRun revoke =
        terminal
            .reading("1\n")
            .run("respond", "--apply", "--key", option, "--proof-interval", "0", "dir:leak");
    assertThat(revoke.err()).contains("is the key " + id(live) + ", chosen by a person, named '");
    assertThat(live.state()).as(revoke.err()).isEqualTo("revoked");
  }

  @Test
  void takesAListOfKeys() throws Exception {
    write(live, other);
    plan();
    var lines = new StringBuilder("# token, key, and what else is known\n\r\n");
    for (JsonNode step : at.planned().path("steps")) {
      String token = step.path("token").asText();
      String owner = step.path("owner").asText();
      FakeKey key = owner.equals(live.fields().path("user").asText()) ? live : other;
      lines.append(token).append('\t').append(id(key)).append("\tname\t2026\r\n");
    }
    at.write("keys.tsv", lines.toString());
    plan("--keys", "keys.tsv");
    CommandRun revoke = stanch(at.apply("revoke"));
    assertThat(revoke.status()).as(revoke.err()).isEqualTo(ExitCode.CLEAN.value());
    assertThat(List.of(live, other)).extracting(FakeKey::state).containsOnly("revoked");
    assertThat(databricks.key("admin").state()).isEqualTo("live");
    CommandRun again = plan("--keys", "keys.tsv");
    assertThat(again.err()).as("given once more").contains("is dead: its key needs no choosing");
    assertThat(again.status()).isEqualTo(ExitCode.FINDINGS.value());
  }

  record Wrong(List<String> said, ExitCode code, String why) {}

  @Test
  void refusesWhatCannotBeMeant() throws Exception {
    write(live, other);
    plan();
    var tokens = new ArrayList<String>();
    at.planned().path("choices").path(0).path("tokens").forEach(each -> tokens.add(each.asText()));
    assertThat(tokens).hasSize(2);
    String first = tokens.getFirst();
    String second = tokens.getLast();
    at.write("keys.tsv", first + "\t" + id(live) + "\nno tab here\n");
    for (Wrong wrong :
        List.of(
            new Wrong(List.of(first + "=nothing-of-the-kind"), ExitCode.REFUSED, "none of the 6"),
            new Wrong(
                List.of(first + "=" + id(live), second + "=" + id(live)),
                ExitCode.USAGE,
                "cannot be the same key"),
            new Wrong(
                List.of(first + "=" + id(live), first + "=" + id(other)),
                ExitCode.USAGE,
                "says another key"),
            new Wrong(List.of("v1:" + "7".repeat(26) + "=k"), ExitCode.USAGE, "no token here has"),
            new Wrong(List.of("v1:=k"), ExitCode.USAGE, "no token's id"),
            new Wrong(List.of(first + "="), ExitCode.USAGE, "gives no key"))) {
      var args = new ArrayList<String>();
      wrong.said().forEach(said -> args.addAll(List.of("--key", said)));
      CommandRun run = plan(args.toArray(String[]::new));
      assertThat(run.err()).contains(wrong.why());
      assertThat(run.status()).as(run.err()).isEqualTo(wrong.code().value());
    }
    CommandRun list = plan("--keys", "keys.tsv");
    assertThat(list.status()).isEqualTo(ExitCode.USAGE.value());
    assertThat(list.err()).contains("keys.tsv line 2").doesNotContain("no tab here");
    assertThat(plan("--keys", "none.tsv").status()).isEqualTo(ExitCode.USAGE.value());
    String secret = live.token();
    CommandRun pasted = plan("--key", secret + "=" + id(live));
    assertThat(pasted.status()).isEqualTo(ExitCode.USAGE.value());
    assertThat(pasted.err()).contains("--key 1 begins with no token's id");
    // The beginning of an id is enough.
    assertThat(plan("--key", first.substring(3, 12) + "=" + id(live)).status())
        .isEqualTo(ExitCode.FINDINGS.value());
    CommandRun both = stanch(at.apply("revoke", "--key", first + "=" + id(live)));
    assertThat(both.status()).isEqualTo(ExitCode.USAGE.value());
    assertThat(both.err()).contains("a plan says which keys it is about");
  }

  @Test
  void refusesAKeyThatWentOrWasRenamed() throws Exception {
    String option = option(stanch("plan", "dir:leak").out(), id(other)).split("=", 2)[0];
    for (boolean gone : List.of(false, true)) {
      plan("--key", option + "=" + id(other));
      if (gone) {
        databricks.end(other.token());
      } else {
        other.fields().put("comment", "somebody renamed it");
      }
      CommandRun revoke = stanch(at.apply("revoke"));
      assertThat(revoke.status()).as(revoke.err()).isEqualTo(ExitCode.REFUSED.value());
      assertThat(revoke.out()).contains("1 refused");
      assertThat(incidents("show"))
          .contains("the key that a person chose is not listed any more, or not as it was");
      assertThat(live.state()).isEqualTo("live");
    }
    CommandRun late = plan("--key", option + "=" + id(other));
    assertThat(late.status()).isEqualTo(ExitCode.REFUSED.value());
    assertThat(databricks.requests()).noneMatch(each -> each.call().contains("/token/delete"));
  }

  /// A person may be wrong: the first mistake is found out by its proof, and ends it.
  @Test
  void stopsAtTheFirstKeyThatWasMistaken() throws Exception {
    FakeKey third = databricks.key("admin");
    write(live, other, third);
    plan();
    // Each the next one's.
    var ids = List.of(id(live), id(other), id(third));
    var users = Stream.of(live, other, third).map(key -> key.fields().path("user").asText());
    List<String> owners = users.toList();
    var args = new ArrayList<String>();
    for (JsonNode step : at.planned().path("steps")) {
      int number = owners.indexOf(step.path("owner").asText());
      args.add("--key");
      args.add(step.path("token").asText() + "=" + ids.get((number + 1) % 3));
    }
    plan(args.toArray(String[]::new));
    CommandRun revoke = stanch(at.apply("revoke"));
    assertThat(revoke.status()).as(revoke.out()).isNotEqualTo(ExitCode.CLEAN.value());
    assertThat(Stream.of(live, other, third).filter(key -> key.state().equals("revoked")))
        .as(revoke.err())
        .hasSize(1);
  }

  @Test
  void acceptsAKeyThatIsKnownAnywayAndNoOther() throws Exception {
    try (var gitlab = new FakeProvider("gitlab")) {
      FakeKey key = gitlab.key("live");
      at.leak("GITLAB_TOKEN=" + key.token() + "\n");
      CommandRun.Setting setting =
          setting()
              .with("CI_API_V4_URL", gitlab.base("https://gitlab.com/api/v4"))
              .with("GITLAB_ADMIN_TOKEN", gitlab.key("admin").token());
      String found = setting.run("plan", "--format", "json", "dir:leak").out();
      JsonNode step = new ObjectMapper().readTree(found).path("steps").path(0);
      assertThat(step.path("do").asText()).as(found).isEqualTo("revoke");
      String token = step.path("token").asText();
      String same = token + "=" + step.path("key").asText();
      assertThat(setting.run("plan", "--key", same, "dir:leak").out()).contains("1 to revoke");
      CommandRun wrong = setting.run("plan", "--key", token + "=1", "dir:leak");
      assertThat(wrong.status()).as(wrong.err()).isEqualTo(ExitCode.USAGE.value());
      assertThat(wrong.err()).contains("its key is known without choosing");
    }
  }

  /// Among the keys of a user is the one that we act with.
  @Test
  void saysThatOurOwnKeyMayBeAmongThem() throws Exception {
    try (var neon = new FakeProvider("neon")) {
      at.leak("NEON_API_KEY=" + neon.key("live").token() + "\n");
      CommandRun.Setting setting =
          setting()
              .with("STANCH_NEON_URL", neon.base("https://console.neon.tech/api/v2"))
              .with("NEON_API_KEY", neon.key("admin").token());
      CommandRun plan = setting.run("plan", "dir:leak");
      assertThat(plan.out())
          .as(plan.err())
          .contains("note  the key of NEON_API_KEY, which Stanch works with, may be among")
          .contains("nothing tells which of 3 listed keys it is, if any", "last used 2026-11-15");
      assertThat(neon.requests())
          .as("of another's tenant")
          .noneMatch(each -> each.call().startsWith("DELETE"));
      String stranger = id(neon.key("stranger"));
      String token = option(plan.out(), id(neon.key("live"))).split("=", 2)[0];
      CommandRun theirs = setting.run("plan", "--key", token + "=" + stranger, "dir:leak");
      assertThat(theirs.status()).as(theirs.err()).isEqualTo(ExitCode.REFUSED.value());
    }
  }

  /// The account's id is no key, and is asked about as little as it is named.
  @Test
  void namesNoVariableThatHoldsNoKey() throws Exception {
    try (var vonage = new FakeProvider("vonage")) {
      String account = vonage.key("account").token();
      at.leak(
          "VONAGE_API_KEY=%s\nVONAGE_API_SECRET=%s\n"
              .formatted(account, vonage.key("live").token()));
      CommandRun plan =
          setting()
              .with("STANCH_VONAGE_URL", vonage.base("https://api.nexmo.com"))
              .with("VONAGE_API_KEY", account)
              .with("VONAGE_API_SECRET", vonage.key("admin").token())
              .run("plan", "--verify-context", "dir:leak");
      assertThat(plan.out())
          .as(plan.err())
          .contains("note  the key of VONAGE_API_SECRET, which Stanch works with, may be among");
    }
  }

  /// The credential that leaked too is no reason to say nothing of it to the others.
  @Test
  void saysThatOurOwnKeyMayBeAmongThemWhereItLeakedToo() throws Exception {
    try (var neon = new FakeProvider("neon")) {
      String own = neon.key("admin").token();
      at.leak("NEON_API_KEY=" + own + "\nNEON_KEY=" + neon.key("live").token() + "\n");
      CommandRun plan =
          setting()
              .with("STANCH_NEON_URL", neon.base("https://console.neon.tech/api/v2"))
              .with("NEON_API_KEY", own)
              .run("plan", "dir:leak");
      assertThat(plan.out())
          .as(plan.err())
          .contains("note  the key of NEON_API_KEY, which Stanch works with, may be among");
    }
  }

  /// A plan that replaces what stands in a store, made of the token on standard input.
  private String[] replacing(String... more) throws IOException {
    put(live.token());
    at.write("sinks.yml", "sinks:\n  - {provider: databricks, to: 'raw:" + store() + "'}\n");
    var args = new ArrayList<>(List.of("plan", "--rotate", "--sinks", "sinks.yml", "-"));
    args.addAll(1, List.of(more));
    return args.toArray(String[]::new);
  }

  private Path store() {
    return stores.resolve("app");
  }

  private void put(String value) throws IOException {
    Files.writeString(store(), value);
    TokenLedger.planted(store());
  }

  private String dump() throws IOException {
    return Files.readString(at.leaked());
  }

  @Test
  void replacesTheKeyThatAPersonChose() throws Exception {
    String open = setting().reading(dump()).run(replacing()).out();
    String[] plan =
        replacing("--key", option(open, id(live)), "--format", "json", "--output", "plan.json");
    setting().reading(dump()).run(plan);
    assertThat(at.planned().path("steps").path(0).path("do").asText()).isEqualTo("rotate");
    CommandRun rotate =
        setting().reading(dump()).run(at.apply("rotate", "--spool", "old.spool", "-"));
    assertThat(rotate.status()).as(rotate.err()).isEqualTo(ExitCode.CLEAN.value());
    replaced();
  }

  /// The old one is dead, and the store holds the one key that took its place.
  private void replaced() throws IOException {
    assertThat(live.state()).isEqualTo("revoked");
    assertThat(other.state()).isEqualTo("live");
    List<FakeKey> fresh =
        databricks.keys().stream()
            .filter(key -> key.state().equals("live"))
            .filter(key -> key.fields().path("comment").asText().startsWith("stanch-"))
            .toList();
    assertThat(fresh).hasSize(1);
    assertThat(Files.readString(store())).isEqualTo(fresh.getFirst().token());
  }

  /// Killed while the provider has the call that mints, and the one that ends the old key.
  @Test
  void goesOnWithAChosenKeyAfterAKill() throws Exception {
    for (String call : List.of("/token/create", "/token/delete")) {
      leakAgain();
      String open = process(replacing()).waitedFor().out();
      process(
              replacing(
                  "--key", option(open, id(live)), "--format", "json", "--output", "plan.json"))
          .waitedFor();
      process(at.apply("rotate", "--spool", "old.spool", "-"))
          .killedWhen(
              () -> databricks.requests().stream().anyMatch(each -> each.call().contains(call)));
      Ended resume = process("incident", "resume", "--proof-interval", "0").waitedFor();
      assertThat(resume.status()).as(call + ": " + resume.err()).isEqualTo(0);
      assertThat(resume.out()).contains("1 dead");
      replaced();
    }
  }

  private void leakAgain() throws Exception {
    databricks.close();
    databricks = new FakeProvider("databricks");
    live = databricks.key("live");
    other = databricks.key("in-cluster");
    Files.deleteIfExists(folder.resolve(".state/stanch/journal.db"));
    Files.deleteIfExists(folder.resolve("old.spool"));
    write(live);
  }

  private record Ended(int status, String out, String err) {}

  /// A process of its own, which can be killed.
  private final class Running {
    private final Process process;

    Running(Process process) {
      this.process = process;
    }

    Ended waitedFor() throws Exception {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
      return new Ended(
          process.exitValue(),
          Files.readString(folder.resolve("out")),
          Files.readString(folder.resolve("err")));
    }

    void killedWhen(BooleanSupplier now) throws Exception {
      while (process.isAlive() && !now.getAsBoolean()) {
        Thread.sleep(1);
      }
      assertThat(now.getAsBoolean()).as(Files.readString(folder.resolve("err"))).isTrue();
      process.destroyForcibly();
      assertThat(process.waitFor()).isNotZero();
    }
  }

  private Running process(String... args) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.stanch.cli.Main"));
    command.addAll(List.of(args));
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
    builder
        .environment()
        .putAll(
            Map.of(
                "HOME",
                folder.toString(),
                "XDG_STATE_HOME",
                folder.resolve(".state").toString(),
                "XDG_CONFIG_HOME",
                folder.resolve("config").toString(),
                "DATABRICKS_HOST",
                databricks.base(HOST)));
    return new Running(
        builder
            .redirectInput(at.leaked().toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile())
            .start());
  }
}
