package dev.stanch.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stanch.cli.CommandRun;
import dev.stanch.cli.report.Schemas;
import dev.stanch.fixtures.FakeKey;
import dev.stanch.fixtures.FakeProvider;
import dev.stanch.fixtures.TokenLedger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Replacement by policy: GitLab's key that two folders share, and a Space's secret that is old.
@Execution(ExecutionMode.CONCURRENT) // each mostly waits for its providers' pace
@Timeout(120)
final class DuePlanTest {
  @TempDir private Path home;

  /// Beside the command's own folder, in which no token may be written.
  @TempDir private Path trees;

  private ServedSpace space;
  private FakeProvider gitlab;
  private FakeKey shared;
  private FakeKey fine;

  @BeforeEach
  void start() throws Exception {
    space = new ServedSpace(home);
    gitlab = new FakeProvider("gitlab");
    shared = gitlab.key("live");
    fine = gitlab.issue("personal", "", "live");
    put("one/x.env", "GITLAB_TOKEN=" + shared.token() + "\nOTHER=" + fine.token() + "\n");
    put("two/y.env", "GITLAB_TOKEN=" + shared.token() + "\n");
    Files.createDirectories(home.resolve("config/stanch"));
    Files.writeString(home.resolve("config/stanch/config.yml"), "owners: ['7']\n");
  }

  @AfterEach
  void stop() {
    space.close();
    gitlab.close();
  }

  private void put(String file, String text) throws Exception {
    Path path = trees.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
    TokenLedger.planted(path);
  }

  private CommandRun stanch(List<String> more, String... args) {
    var all = new ArrayList<>(List.of(args));
    all.addAll(more);
    return space
        .setting()
        .with("CI_API_V4_URL", gitlab.base("https://gitlab.com/api/v4"))
        .with("GITLAB_ADMIN_TOKEN", gitlab.key("admin").token())
        .with("STANCH_TERMINALS", "")
        .with("XDG_CONFIG_HOME", home.resolve("config").toString())
        .run(all.toArray(String[]::new));
  }

  private List<String> sources() {
    return List.of("dir:" + trees.resolve("one"), "dir:" + trees.resolve("two"), "space:acme/chat");
  }

  private JsonNode plan(String... more) throws Exception {
    var args =
        new ArrayList<>(
            List.of("plan", "-q", "--due", "--format", "json", "--output", "plan.json"));
    args.addAll(List.of(more));
    var run = stanch(sources(), args.toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isEqualTo(1);
    String text = Files.readString(home.resolve("plan.json"));
    new Schemas().valid("plan", text);
    assertThat(text).doesNotContain(shared.token(), fine.token(), ServedSpace.OWN);
    return new ObjectMapper().readTree(text);
  }

  private static List<String> told(JsonNode plan) {
    return StreamSupport.stream(plan.path("steps").spliterator(), false)
        .map(
            step ->
                step.path("do").asText()
                    + " "
                    + step.path("rule").asText()
                    + " "
                    + step.path("due"))
        .toList();
  }

  @Test
  void replacesWhatThePolicyHasSomethingAgainstAndNothingElse() throws Exception {
    JsonNode plan = plan();
    assertThat(told(plan))
        .containsExactly(
            "rotate gitlab-personal-access-token [\"shared by 2\"]",
            "by-hand space-secret [\"older than 365 days\"]");
    JsonNode secret = plan.path("steps").get(1);
    assertThat(secret.path("redacted").asText()).isEqualTo("OLD of space:acme/chat");
    assertThat(secret.path("why").asText()).contains("replace it, whoever its provider is");
    assertThat(secret.path("keyCreatedAt").asText()).isEqualTo("2024-03-01T10:00:00Z");

    var rotate =
        stanch(
            List.of(),
            "rotate",
            "--apply",
            "--plan",
            "plan.json",
            "--plan-hash",
            plan.path("hash").asText(),
            "--proof-interval",
            "0",
            "--spool",
            "old.spool");
    assertThat(rotate.status()).as(rotate.err()).isEqualTo(1); // the Space's secret is left
    assertThat(rotate.out()).contains("OLD of space:acme/chat");
    String one = Files.readString(trees.resolve("one/x.env"));
    assertThat(one).contains(fine.token()).doesNotContain(shared.token());
    assertThat(Files.readString(trees.resolve("two/y.env"))).doesNotContain(shared.token());
    TokenLedger.planted(trees.resolve("one/x.env"));
    TokenLedger.planted(trees.resolve("two/y.env"));
    assertThat(gitlab.keys().stream().filter(key -> key.token().equals(shared.token())))
        .noneMatch(key -> key.state().equals("live"));
    assertThat(fine.state()).isEqualTo("live");

    var early = stanch(List.of(), "incident", "resume");
    assertThat(early.out()).as(early.err()).contains("1 guided", "replace it by hand");
    space.chat().secret("OLD", "2026-11-20T10:00:00.000Z");
    var replaced = stanch(List.of(), "incident", "resume");
    assertThat(replaced.out()).as(replaced.err()).contains("1 delivered, 1 replaced");
    var show = stanch(List.of(), "incident", "show", "--format", "json");
    assertThat(show.out()).as(show.err()).contains("set anew 2026-11-20T10:00:00Z");
    new Schemas().valid("incident", show.out());
    String[] taken = {"incident", "resume", "--activated", "1", "--proof-interval", "0"};
    var resumed = stanch(List.of(), taken);
    assertThat(resumed.status()).as(resumed.out()).isZero();
  }

  /// GitLab's call gives the new token the scopes of the old one.
  @Test
  void hasAPersonMakeANarrowerOneForWhatIsBroaderThanItsUse() throws Exception {
    put("three/.env", "GITLAB_TOKEN=" + gitlab.issue("personal", "", "live").token() + "\n");
    put("three/fetch.sh", "git clone https://oauth2:$GITLAB_TOKEN@gitlab.com/acme/app.git\n");
    var run =
        stanch(
            List.of("dir:" + trees.resolve("three")),
            "plan",
            "-q",
            "--due",
            "--format",
            "json",
            "--output",
            "plan.json");
    assertThat(run.status()).as(run.err()).isEqualTo(1);
    String text = Files.readString(home.resolve("plan.json"));
    new Schemas().valid("plan", text);
    JsonNode plan = new ObjectMapper().readTree(text);
    assertThat(told(plan))
        .containsExactly(
            "rotate gitlab-personal-access-token"
                + " [\"broader than its use: nothing seen needs api, read_user\"]");
    JsonNode step = plan.path("steps").get(0);
    assertThat(step.path("mint").path("by").asText()).as(text).isEqualTo("person");
    assertThat(step.path("mint").path("how").asText()).contains("another that is due", "api");
    assertThat(step.path("replacement").path("link").asText()).contains("scopes=read_repository");
  }

  @Test
  void takesInEverySecretThatWasSetBeforeABreach() throws Exception {
    Files.writeString(home.resolve("policy.yml"), "max-age-days: 10000\nshared: allowed\n");
    assertThat(told(plan("--policy", "policy.yml", "--exposed-since", "2026-02-15")))
        .containsExactlyInAnyOrder(
            "by-hand space-secret [\"set on 2026-02-01, the breach was on 2026-02-15\"]",
            "by-hand space-secret [\"set on 2024-03-01, the breach was on 2026-02-15\"]");
  }

  @Test
  void hasNothingToDoWhereThePolicyHasNothingAgainstAnything() throws Exception {
    Files.writeString(home.resolve("policy.yml"), "max-age-days: 10000\nshared: allowed\n");
    var run = stanch(sources(), "plan", "-q", "--due", "--policy", "policy.yml");
    assertThat(run.out()).contains("nothing to do");
    assertThat(run.status()).as(run.err()).isZero();
  }

  @Test
  void holdsAllTokensToAPolicyOnlyWhereAsked() {
    var run = stanch(sources(), "plan", "--policy", "policy.yml");
    assertThat(run.err()).contains("--policy and --exposed-since say what is due", "--due");
    assertThat(run.status()).isEqualTo(2);
  }
}
