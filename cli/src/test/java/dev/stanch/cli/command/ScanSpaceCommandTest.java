package dev.stanch.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stanch.cli.CommandRun;
import dev.stanch.detectors.rule.ExampleTemplate;
import dev.stanch.fixtures.FakeHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Scans of Spaces at a Hub on loopback whose clones come from git's own program.
@Timeout(120)
final class ScanSpaceCommandTest {
  private static final String OWN = token(99);

  @TempDir private Path home;
  private Path temporary;
  private FakeHub hub;

  @BeforeEach
  void start() throws IOException {
    temporary = Files.createDirectories(home.resolve("tmp"));
    hub = new FakeHub(Files.createDirectories(home.resolve("hub")));
    hub.writer(OWN);
  }

  @AfterEach
  void stopAndFindNothingLeft() {
    hub.close();
    assertThat(temporary).isEmptyDirectory();
  }

  private static String token(int seed) {
    return new ExampleTemplate("{{\"hf_\"}}{{alpha:34}}").expand(seed);
  }

  private void commit(String path, String ref, String file, String text) throws IOException {
    ServedHistory.commit(home.resolve("hub").resolve(path), ref, file, text);
  }

  private CommandRun.Setting here() {
    return CommandRun.in(home)
        .with("TMPDIR", temporary.toString())
        .with("HOME", home.toString())
        .with("GIT_CONFIG_NOSYSTEM", "1")
        .with("PATH", System.getenv("PATH"))
        .with("HF_ENDPOINT", hub.endpoint());
  }

  private static List<JsonNode> objects(CommandRun run, String type) throws IOException {
    var found = new ArrayList<JsonNode>();
    for (String line : run.out().lines().toList()) {
      JsonNode object = new ObjectMapper().readTree(line);
      if (object.path("type").asText().equals(type)) {
        found.add(object);
      }
    }
    return found;
  }

  /// Where each token stands, by its last characters.
  private static Map<String, List<String>> places(CommandRun run) throws IOException {
    var places = new TreeMap<String, List<String>>();
    for (JsonNode finding : objects(run, "finding")) {
      String redacted = finding.path("redacted").asText();
      var where = new ArrayList<String>();
      for (JsonNode place : finding.path("places")) {
        where.add(
            place.path("kind").asText()
                + " "
                + place.path("container").asText()
                + " "
                + place.path("path").asText()
                + ":"
                + place.path("line").asText()
                + (place.path("inTips").asBoolean(true) ? "" : " gone"));
      }
      places.put(redacted.substring(redacted.length() - 4), where);
    }
    return places;
  }

  private static String end(int seed) {
    String token = token(seed);
    return token.substring(token.length() - 4);
  }

  @Test
  void readsHistoryPullRequestsVariablesAndLogs() throws Exception {
    commit("spaces/acme/chat", "refs/heads/main", "app.py", "\nTOKEN = '" + token(1) + "'\n");
    commit("spaces/acme/chat", "refs/heads/main", "app.py", "print(1)\n");
    commit("spaces/acme/chat", "refs/pr/1", "x.env", "HF_TOKEN=" + token(2) + "\n");
    hub.add("spaces/acme/chat")
        .sdk("docker")
        .hidden()
        .followed()
        .variable("MODE", "fast", "")
        .variable("OTHER_TOKEN", token(3), "was " + token(4))
        .secret("OPENAI_API_KEY", "2024-03-01T10:00:00.000Z")
        .secret("NEW", "2025-03-01T10:00:00.000Z")
        .log("build", "step 1", "step 2")
        .log("run", "starting", "token is " + token(5), "over");
    var run = here().with("HF_TOKEN", OWN).run("scan", "space", "-q", "-f", "jsonl", "acme/chat");
    assertThat(run.err()).isEmpty();
    String git = "git " + hub.endpoint() + "/spaces/acme/chat ";
    assertThat(places(run))
        .containsOnly(
            Map.entry(end(1), List.of(git + "app.py:2 gone")),
            Map.entry(end(2), List.of(git + "x.env:1")),
            Map.entry(end(3), List.of("space space:acme/chat OTHER_TOKEN:1")),
            Map.entry(end(4), List.of("space space:acme/chat OTHER_TOKEN (description):1")),
            Map.entry(end(5), List.of("space space:acme/chat logs/run:2")));
    assertThat(objects(run, "inventory"))
        .extracting(entry -> entry.path("name").asText() + " " + entry.path("setAt").asText())
        .containsExactly("NEW 2025-03-01T10:00:00Z", "OPENAI_API_KEY 2024-03-01T10:00:00Z");
    assertThat(objects(run, "skip")).isEmpty();
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).doesNotContain(OWN);
    assertThat(hub.requests()).noneMatch(request -> request.contains(OWN));
  }

  @Test
  void takesEveryPageOfAnOwnerAndItsModelsAndDatasets() throws Exception {
    for (int i = 0; i < 12; i++) {
      hub.add("spaces/acme/s" + i).sdk("gradio");
      commit("spaces/acme/s" + i, "refs/heads/main", "a.txt", i == 11 ? token(1) + "\n" : "x\n");
    }
    hub.add("models/acme/m");
    commit("models/acme/m", "refs/heads/main", "config.json", "\"" + token(2) + "\"\n");
    hub.add("datasets/acme/d");
    commit("datasets/acme/d", "refs/heads/main", "load.py", "t='" + token(3) + "'\n");
    hub.job("acme", "job7", "WANDB", token(4), "HF_TOKEN");
    var run =
        here()
            .with("HF_TOKEN", OWN)
            .run("scan", "space", "-q", "-f", "jsonl", "--all-repos", "acme");
    assertThat(run.err()).isEmpty();
    String base = "git " + hub.endpoint();
    assertThat(places(run))
        .containsOnly(
            Map.entry(end(1), List.of(base + "/spaces/acme/s11 a.txt:1")),
            Map.entry(end(2), List.of(base + "/acme/m config.json:1")),
            Map.entry(end(3), List.of(base + "/datasets/acme/d load.py:1")),
            Map.entry(end(4), List.of("job jobs:acme job7/WANDB:1")));
    assertThat(objects(run, "inventory"))
        .extracting(entry -> entry.path("container").asText() + " " + entry.path("name").asText())
        .containsExactly("jobs:acme job7/HF_TOKEN");
  }

  @Test
  void callsASecretOfAStaticSpaceLeaked() throws Exception {
    commit("spaces/acme/page", "refs/heads/main", "index.html", "<p>\n");
    hub.add("spaces/acme/page").sdk("static").secret("KEY", "2026-02-01T10:00:00.000Z");
    var run = here().with("HF_TOKEN", OWN).run("scan", "space", "-q", "acme/page");
    assertThat(run.out())
        .contains("replace  space:acme/page:KEY  a static Space shows it to every browser")
        .contains("no findings, 1 secret to replace");
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void listsWhatWasSetBeforeABreachAsToBeReplaced() throws Exception {
    commit("spaces/acme/chat", "refs/heads/main", "a.txt", "x\n");
    hub.add("spaces/acme/chat")
        .sdk("docker")
        .secret("OLD", "2024-05-30T23:59:59.000Z")
        .secret("NEW", "2024-05-31T00:00:00.000Z");
    var setting = here().with("HF_TOKEN", OWN);
    var calm = setting.run("scan", "space", "-q", "acme/chat");
    assertThat(calm.out()).contains("inventory  2 secrets whose values nobody shows");
    assertThat(calm.status()).isZero();
    var run = setting.run("scan", "space", "-q", "acme/chat", "--exposed-since", "2024-05-31");
    assertThat(run.out())
        .contains("replace  space:acme/chat:OLD  set on 2024-05-30, the breach was on 2024-05-31")
        .doesNotContain("NEW");
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void saysWhatAStrangerIsNotShown() throws Exception {
    commit("spaces/acme/chat", "refs/heads/main", "a.txt", token(1) + "\n");
    hub.add("spaces/acme/chat").sdk("docker");
    hub.add("spaces/acme/hidden").sdk("docker").hidden();
    var run = here().run("scan", "space", "-q", "-f", "jsonl", "acme/chat");
    assertThat(objects(run, "finding")).hasSize(1);
    assertThat(objects(run, "skip"))
        .extracting(skip -> skip.path("place").path("path").asText())
        .containsExactly("logs/build", "logs/run", "secrets", "variables");
    var hidden = here().run("scan", "space", "-q", "acme/hidden");
    assertThat(hidden.err())
        .startsWith("error: there is no Space acme/hidden that a stranger may see")
        .contains("hint: set HF_TOKEN (read scope is enough)");
    assertThat(hidden.status()).isEqualTo(3);
  }

  @Test
  void namesTheCredentialThatIsRefusedAndNeverShowsIt() throws Exception {
    hub.add("spaces/acme/chat").sdk("docker");
    String dead = token(50);
    Files.createDirectories(home.resolve(".cache/huggingface"));
    Files.writeString(home.resolve(".cache/huggingface/token"), dead + "\n");
    for (var setting : List.of(here(), here().with("HF_TOKEN", dead))) {
      var run = setting.run("scan", "space", "-q", "acme/chat");
      assertThat(run.err())
          .startsWith("error: 127.0.0.1 does not accept the token of ")
          .contains("read scope")
          .doesNotContain(dead);
      assertThat(run.status()).isEqualTo(3);
    }
    assertThat(here().run("scan", "space", "-q", "acme/chat").err())
        .contains(".cache/huggingface/token");
  }

  @Test
  void sendsNothingWhereTheConfigurationDoesNotAllowIt() {
    var run =
        here()
            .with("HF_TOKEN", OWN)
            .with("HF_ENDPOINT", "https://hub.example.org")
            .run("scan", "space", "-q", "acme/chat");
    assertThat(run.err())
        .startsWith("error: HF_ENDPOINT points to https://hub.example.org")
        .contains("allowed-hosts");
    assertThat(run.status()).isEqualTo(3);
  }

  @Test
  void waitsWhereTheHubAsksForIt() throws Exception {
    commit("spaces/acme/chat", "refs/heads/main", "a.txt", token(1) + "\n");
    hub.add("spaces/acme/chat").sdk("static");
    hub.refuse(1);
    var run = here().with("HF_TOKEN", OWN).run("scan", "space", "-q", "-f", "jsonl", "acme/chat");
    assertThat(objects(run, "finding")).hasSize(1);
    assertThat(objects(run, "skip")).isEmpty();
  }

  @Test
  void tellsOfCopiesAndScansThemWhenAsked() throws Exception {
    commit("spaces/acme/chat", "refs/heads/main", "a.txt", token(1) + "\n");
    commit("spaces/bob/chat", "refs/heads/main", "b.txt", token(2) + "\n");
    hub.add("spaces/acme/chat").sdk("static");
    hub.add("spaces/bob/chat").sdk("static").duplicateOf("acme/chat");
    hub.add("spaces/eve/chat").sdk("static").duplicateOf("someone/chat");
    var setting = here().with("HF_TOKEN", OWN);
    var run = setting.run("scan", "space", "-q", "-f", "jsonl", "acme/chat");
    assertThat(run.err()).contains("copies of acme/chat hold its history too: bob/chat\n");
    assertThat(objects(run, "finding")).hasSize(1);
    var both = setting.run("scan", "space", "-q", "-f", "jsonl", "--duplicates", "acme/chat");
    assertThat(places(both)).containsOnlyKeys(end(1), end(2));
  }

  @Test
  void readsTheBeginningOfALogOfTenGigabytes() throws Exception {
    hub.add("spaces/acme/chat")
        .sdk("docker")
        .log("run", "token is " + token(1), "x".repeat(100_000))
        .endless("run")
        .log("build", "token is " + token(2));
    commit("spaces/acme/chat", "refs/heads/main", "a.txt", "nothing\n");
    var run = here().with("HF_TOKEN", OWN).run("scan", "space", "-q", "-f", "jsonl", "acme/chat");
    assertThat(places(run)).containsOnlyKeys(end(1), end(2));
    assertThat(objects(run, "skip"))
        .singleElement()
        .satisfies(
            skip -> {
              assertThat(skip.path("place").path("path").asText()).isEqualTo("logs/run");
              assertThat(skip.path("reason").asText())
                  .isEqualTo("longer than 64 MiB: the rest was not read");
            });
    assertThat(objects(run, "summary").getFirst().path("bytes").asLong()).isLessThan(70L << 20);
  }
}
