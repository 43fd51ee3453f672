package dev.stanch.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stanch.cli.CommandRun;
import dev.stanch.cli.ExitCode;
import dev.stanch.detectors.rule.ExampleTemplate;
import dev.stanch.fixtures.FakeHuggingFace;
import dev.stanch.fixtures.FakeKey;
import dev.stanch.fixtures.FakeProvider;
import dev.stanch.fixtures.TokenLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Tokens that only their owners can replace, from the leak to the proof: Hugging Face, GitHub,
/// OpenAI, Anthropic. Side by side, since each mostly waits for its provider's pace.
@Execution(ExecutionMode.CONCURRENT)
class HandOverTest {
  private static final String ACCOUNT = "5e2b1a6c-0000-4000-8000-00000000acee";
  private static final String MODELS = "https://api.openai.com/v1";

  @TempDir Path folder;

  /// Beside the command's own folder, in which no token may be written.
  @TempDir Path stores;

  /// A provider, two tokens of ours that leaked, and what people bring.
  ///
  /// @param wrong values that must be refused, by why
  /// @param alive whether a token is accepted
  record Case(
      AutoCloseable fake,
      Map<String, String> variables,
      String owner,
      String old,
      String twin,
      String right,
      Map<String, String> wrong,
      Predicate<String> alive) {}

  interface Setup {
    Case of() throws IOException;
  }

  record Named(String name, Setup setup) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Stream<Named> providers() {
    return Stream.of(
        new Named("huggingface", HandOverTest::huggingFace),
        new Named("github", HandOverTest::github),
        new Named("openai", HandOverTest::openai),
        new Named("anthropic", HandOverTest::anthropic));
  }

  private static Case huggingFace() throws IOException {
    var hub = new FakeHuggingFace();
    var made = new String[6];
    for (int i = 0; i < made.length; i++) {
      made[i] = new ExampleTemplate("{{\"hf_\"}}{{alpha:34}}").expand(400 + i);
      hub.issue(made[i], i == 3 ? "someone-else" : "acme-bot", i == 4 ? "write" : "read");
    }
    hub.end(made[5]);
    return new Case(
        hub,
        Map.of("HF_ENDPOINT", hub.endpoint()),
        "acme-bot",
        made[0],
        made[1],
        made[2],
        Map.of(
            "another owner's", made[3],
            "more than was advised: write", made[4],
            "it is not accepted", made[5]),
        hub::accepts);
  }

  private static Case github() throws IOException {
    var fake = new FakeProvider("github");
    return new Case(
        fake,
        Map.of("STANCH_GITHUB_URL", fake.base("https://api.github.com")),
        "octo",
        fake.key("live").token(),
        fake.issue("classic", "", "live").token(),
        fake.issue("classic", "", "live", Map.of("scopes", "read:org")).token(),
        Map.of(
            "another owner's",
            fake.issue("classic", "", "live", Map.of("login", "other", "id", "9")).token(),
            "more than was advised: admin:org",
            fake.issue("classic", "", "live", Map.of("scopes", "repo, admin:org")).token(),
            "it is not accepted",
            fake.key("revoked").token()),
        token -> live(fake, token));
  }

  private static Case openai() throws IOException {
    var fake = new FakeProvider("openai");
    return new Case(
        fake,
        Map.of(
            "STANCH_OPENAI_URL", fake.base(MODELS),
            "OPENAI_ADMIN_KEY", fake.key("admin").token(),
            "OPENAI_ORG_ID", "org-acme"),
        "org-acme",
        fake.key("live").token(),
        fake.issue("project", "acme", "live").token(),
        fake.issue("project", "acme", "live").token(),
        Map.of(
            "another owner's", fake.key("stranger").token(),
            "it is not accepted", fake.key("revoked").token()),
        token -> live(fake, token));
  }

  private static Case anthropic() throws IOException {
    var fake = new FakeProvider("anthropic");
    FakeKey live = fake.key("live");
    return new Case(
        fake,
        Map.of(
            "STANCH_ANTHROPIC_URL", fake.base("https://api.anthropic.com"),
            "ANTHROPIC_ADMIN_KEY", fake.key("admin").token()),
        ACCOUNT,
        live.token(),
        fake.issue(live.kind(), live.tenant(), "live").token(),
        fake.issue(live.kind(), live.tenant(), "live").token(),
        Map.of(
            "another owner's", fake.issue(live.kind(), "other", "live").token(),
            "it is not accepted", fake.key("archived").token()),
        token -> live(fake, token));
  }

  private static boolean live(FakeProvider fake, String token) {
    return fake.keys().stream()
        .anyMatch(key -> key.token().equals(token) && key.state().equals("live"));
  }

  private CommandRun stanch(Case one, String input, String... args) {
    var setting =
        CommandRun.in(folder)
            .with("STANCH_TERMINALS", "")
            .with("XDG_CONFIG_HOME", folder.resolve("config").toString())
            .reading(input);
    one.variables().forEach(setting::with);
    return setting.run(args);
  }

  private void put(String store, String value) throws IOException {
    Files.writeString(stores.resolve(store), value);
    TokenLedger.planted(stores.resolve(store));
  }

  private String held(String store) throws IOException {
    return Files.readString(stores.resolve(store));
  }

  private JsonNode steps(Case one) throws IOException {
    return new ObjectMapper()
        .readTree(stanch(one, "", "incident", "show", "--format", "json").out())
        .path("steps");
  }

  @ParameterizedTest
  @MethodSource("providers")
  void takesTheOneRightValueAndNoOther(Named named) throws Exception {
    Case one = named.setup().of();
    try (AutoCloseable _ = one.fake()) {
      Files.createDirectories(folder.resolve("config/stanch"));
      Files.writeString(
          folder.resolve("config/stanch/config.yml"), "owners: ['" + one.owner() + "']\n");
      String dump = "FIRST_KEY=" + one.old() + "\n";
      handOver(one, dump + "SECOND_KEY=" + one.twin() + "\n");
      JsonNode steps = steps(one);
      assertThat(steps.findValuesAsText("state")).containsOnly("handed-over");
      assertThat(stanch(one, "", "incident", "show").out()).contains("https://", "<TAB>VALUE");
      String id = id(one, dump);
      one.wrong().forEach((why, value) -> refused(one, id + "\t" + value, why));
      refused(one, id + "\t" + one.old(), "it is the old value");
      refused(one, id + "\t" + one.twin(), "which leaked too");
      refused(one, id + "\t" + one.right() + "\n" + id + "\t" + one.twin(), "two values");
      String gitlabs = new ExampleTemplate("{{\"glpat-\"}}{{alnum:20}}").expand(500);
      refused(one, id + "\t" + gitlabs, "looks like a token of another provider");
      assertThat(held("first")).isEqualTo(one.old());
      assertThat(one.alive()).accepts(one.old(), one.twin());

      CommandRun supply = supply(one, id + "\t" + one.right() + "\n" + id + "\t" + one.right());
      assertThat(supply.err()).doesNotContain("refused");
      assertThat(held("first")).isEqualTo(one.right());
      assertThat(one.alive()).accepts(one.right(), one.twin()).rejects(one.old());
      refused(one, id + "\t" + one.right(), "waits for no value");
      String other = "";
      for (JsonNode step : steps) {
        String token = step.path("planned").path("token").asText();
        other = token.equals(id) ? other : token;
      }
      refused(one, other + "\t" + one.right(), "replaces the token of step");
      assertThat(held("second")).isEqualTo(one.twin());
      assertThat(steps(one).toString()).contains("handed-over").containsAnyOf("dead", "contained");
    }
  }

  /// Plans the rotation of both, each with a store of its own, and begins it.
  private void handOver(Case one, String dump) throws IOException {
    put("first", one.old());
    put("second", one.twin());
    Files.writeString(
        folder.resolve("sinks.yml"),
        """
        sinks:
          - {token: '%s', to: 'raw:%s'}
          - {token: '%s', to: 'raw:%s'}
        """
            .formatted(
                id(one, "FIRST_KEY=" + one.old() + "\n"),
                stores.resolve("first"),
                id(one, "SECOND_KEY=" + one.twin() + "\n"),
                stores.resolve("second")));
    CommandRun plan =
        stanch(
            one,
            dump,
            "plan",
            "--rotate",
            "--sinks",
            "sinks.yml",
            "--format",
            "json",
            "--output",
            "plan.json",
            "-");
    assertThat(plan.status()).as(plan.err()).isEqualTo(ExitCode.FINDINGS.value());
    String hash =
        new ObjectMapper().readTree(folder.resolve("plan.json").toFile()).path("hash").asText();
    CommandRun rotate =
        stanch(
            one,
            dump,
            "rotate",
            "--apply",
            "--plan",
            "plan.json",
            "--plan-hash",
            hash,
            "--allow-collateral",
            "1,2",
            "--spool",
            "dump.spool",
            "-");
    assertThat(rotate.out()).as(rotate.err()).contains("2 handed-over");
  }

  /// What a token is called.
  private String id(Case one, String dump) throws IOException {
    String scan = stanch(one, dump, "scan", "stdin", "--format", "jsonl").out();
    return new ObjectMapper()
        .readTree(scan.lines().filter(line -> line.contains("\"finding\"")).findFirst().orElse(""))
        .path("token")
        .asText();
  }

  private CommandRun supply(Case one, String lines) {
    return stanch(one, lines + "\n", "incident", "supply", "--from", "-", "--proof-interval", "0");
  }

  private void refused(Case one, String lines, String why) {
    CommandRun supply = supply(one, lines);
    assertThat(supply.status()).as(supply.err()).isEqualTo(ExitCode.REFUSED.value());
    assertThat(supply.err()).contains(why);
    for (String value : List.of(one.old(), one.twin(), one.right())) {
      assertThat(supply.out() + supply.err()).doesNotContain(value.substring(8));
    }
  }
}
