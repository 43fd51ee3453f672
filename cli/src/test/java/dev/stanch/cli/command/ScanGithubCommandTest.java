package dev.stanch.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stanch.cli.CommandRun;
import dev.stanch.detectors.rule.ExampleTemplate;
import dev.stanch.fixtures.FakeGitHub;
import dev.stanch.fixtures.TokenLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Scans of a GitHub on loopback whose clones come from git's own program.
@Timeout(120)
final class ScanGithubCommandTest {
  private static final String OWN = new ExampleTemplate("{{\"ghx_\"}}{{alnum:36}}").expand(99);

  @TempDir private Path home;
  private Path temporary;
  private FakeGitHub github;

  @BeforeEach
  void start() throws IOException {
    temporary = Files.createDirectories(home.resolve("tmp"));
    github = new FakeGitHub(Files.createDirectories(home.resolve("git")), "acme", OWN);
  }

  @AfterEach
  void stopAndFindNothingLeft() {
    github.close();
    assertThat(temporary).isEmptyDirectory();
  }

  private static String token(int seed) {
    return new ExampleTemplate("{{\"hf_\"}}{{alpha:34}}").expand(seed);
  }

  private static String end(int seed) {
    String token = token(seed);
    return token.substring(token.length() - 4);
  }

  private void commit(String repository, String ref, String file, String text) throws IOException {
    ServedHistory.commit(home.resolve("git/acme/" + repository + ".git"), ref, file, text);
  }

  private CommandRun.Setting stranger() {
    return CommandRun.in(home)
        .with("TMPDIR", temporary.toString())
        .with("HOME", home.toString())
        .with("GIT_CONFIG_NOSYSTEM", "1")
        .with("PATH", System.getenv("PATH"))
        .with("GITHUB_API_URL", github.endpoint());
  }

  private CommandRun.Setting here() {
    return stranger().with("GH_ENTERPRISE_TOKEN", OWN);
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

  private static Map<String, List<String>> places(CommandRun run) throws IOException {
    var places = new TreeMap<String, List<String>>();
    for (JsonNode finding : objects(run, "finding")) {
      String redacted = finding.path("redacted").asText();
      var where = new ArrayList<String>();
      for (JsonNode place : finding.path("places")) {
        String container = place.path("container").asText();
        where.add(container.replaceFirst("http://[^/]*/", "") + " " + place.path("path").asText());
      }
      places.put(redacted.substring(redacted.length() - 4), where);
    }
    return places;
  }

  @Test
  void readsWhatPeopleWroteAndTheHistory() throws Exception {
    commit("app", "refs/heads/main", "a.env", "TOKEN=" + token(1) + "\n");
    commit("app", "refs/pull/1/head", "b.env", "TOKEN=" + token(2) + "\n");
    var app = github.add("app").with("private", true);
    int issue = app.open("issues", "it fails", "with " + token(3));
    int pull = app.open("pulls", "mend it", "no token");
    app.comment(issue, 71, "try " + token(4) + " instead")
        .lineComment(pull, 72, "is " + token(5) + " yours?")
        .review(pull, 73, token(6))
        .variable("HF_TOKEN", token(7))
        .secret("actions", "NPM", "2026-02-01T00:00:00Z")
        .secret("dependabot", "NPM", "2023-02-01T00:00:00Z")
        .secret("environments/prod", "KEY", "2024-02-01T00:00:00Z");
    var run = here().run("scan", "github", "-q", "-f", "jsonl", "acme/app");
    assertThat(run.err()).isEmpty();
    assertThat(places(run))
        .containsOnly(
            Map.entry(end(1), List.of("acme/app.git a.env")),
            Map.entry(end(2), List.of("acme/app.git b.env")),
            Map.entry(end(3), List.of("github:acme/app issues/1")),
            Map.entry(end(4), List.of("github:acme/app issues/1/comments/71")),
            Map.entry(end(5), List.of("github:acme/app pulls/2/comments/72")),
            Map.entry(end(6), List.of("github:acme/app pulls/2/reviews/73")),
            Map.entry(end(7), List.of("github:acme/app variables/HF_TOKEN")));
    assertThat(objects(run, "inventory"))
        .extracting(entry -> entry.path("kind").asText() + " " + entry.path("name").asText())
        .containsExactly(
            "actions-secret NPM", "dependabot-secret NPM", "environment-secret prod/KEY");
    assertThat(objects(run, "skip")).isEmpty();
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).doesNotContain(OWN);
  }

  @Test
  void takesEveryPageAndLeavesOutForksAndArchivesUnlessAsked() throws Exception {
    for (int i = 0; i < 12; i++) {
      commit("r" + i, "refs/heads/main", "a.txt", i == 11 ? token(1) + "\n" : "x\n");
      github.add("r" + i);
    }
    commit("fork", "refs/heads/main", "a.txt", token(2) + "\n");
    github.add("fork").with("fork", true);
    commit("old", "refs/heads/main", "a.txt", token(3) + "\n");
    github.add("old").with("archived", true);
    github.gist("aa11", "note.md", "my " + token(4));
    assertThat(places(here().run("scan", "github", "-q", "-f", "jsonl", "acme")))
        .containsOnly(
            Map.entry(end(1), List.of("acme/r11.git a.txt")),
            Map.entry(end(4), List.of("gists:acme aa11/note.md")));
    var all =
        here()
            .run(
                "scan",
                "github",
                "-q",
                "-f",
                "jsonl",
                "--archived",
                "--forks",
                "--exclude",
                "acme/r*",
                "acme");
    assertThat(places(all)).containsOnlyKeys(end(2), end(3), end(4));
  }

  @Test
  void readsOnceMoreOnlyWhatHasChanged() throws Exception {
    for (String name : List.of("a", "b", "c")) {
      commit(name, "refs/heads/main", "a.txt", token(name.charAt(0)) + "\n");
      github.add(name);
    }
    var first = here().run("scan", "github", "-q", "-f", "jsonl", "acme");
    int before = github.requests().size();
    var second = here().run("scan", "github", "-q", "-f", "jsonl", "acme");
    assertThat(places(second)).isEqualTo(places(first)).hasSize(3);
    assertThat(objects(second, "summary").getFirst().path("commits").asInt()).isEqualTo(3);
    assertThat(github.requests().subList(before, github.requests().size()))
        .filteredOn(request -> request.contains("/acme/"))
        .containsExactlyInAnyOrder( // some are asked side by side
            "GET /api/v3/orgs/acme/repos",
            "GET /api/v3/repos/acme/a/issues",
            "GET /api/v3/repos/acme/b/issues",
            "GET /api/v3/repos/acme/c/issues",
            "GET /api/v3/users/acme/gists");
    commit("b", "refs/heads/main", "b.txt", token(1) + "\n");
    github.add("b").pushed("2026-02-02T00:00:00Z");
    int beforeThird = github.requests().size();
    var third = here().run("scan", "github", "-q", "-f", "jsonl", "acme");
    assertThat(places(third)).hasSize(4).containsKey(end(1));
    assertThat(github.requests().subList(beforeThird, github.requests().size()))
        .anyMatch(request -> request.contains("/acme/b.git"))
        .noneMatch(request -> request.contains("/acme/c.git"));
    try (var kept = Files.walk(home.resolve(".state/stanch/github"))) {
      for (Path file : kept.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file))
            .doesNotContain(token('a'), token('b'), token('c'), token(1));
      }
    }
  }

  @Test
  void waitsWhereALimitAsksForIt() throws Exception {
    commit("app", "refs/heads/main", "a.txt", token(1) + "\n");
    github.add("app");
    github.refuse(1);
    var run = here().run("scan", "github", "-q", "-f", "jsonl", "acme/app");
    assertThat(objects(run, "finding")).hasSize(1);
    assertThat(objects(run, "skip")).isEmpty();
  }

  @Test
  void saysWhatAStrangerIsNotShown() throws Exception {
    commit("app", "refs/heads/main", "a.txt", token(1) + "\n");
    github.add("app").open("issues", "hello", "there");
    github.add("hidden").with("private", true);
    var run = stranger().run("scan", "github", "-q", "-f", "jsonl", "acme/app");
    assertThat(objects(run, "finding")).hasSize(1);
    assertThat(objects(run, "skip"))
        .extracting(skip -> skip.path("place").path("path").asText())
        .contains("variables", "actions secrets", "environment secrets");
    var hidden = stranger().run("scan", "github", "-q", "acme/hidden");
    assertThat(hidden.err())
        .startsWith("error: there is no repository acme/hidden that a stranger may see")
        .contains("hint: set GH_ENTERPRISE_TOKEN");
    var refused =
        here().with("GH_ENTERPRISE_TOKEN", token(5)).run("scan", "github", "-q", "acme/app");
    assertThat(refused.err())
        .startsWith("error: 127.0.0.1 does not accept the token of GH_ENTERPRISE_TOKEN")
        .doesNotContain(token(5));
    assertThat(refused.status()).isEqualTo(3);
  }

  @Test
  void showsGitHubsOwnTokenToNobodyElseOnThisMachine() {
    github.add("hidden").with("private", true);
    for (String variable : List.of("GH_TOKEN", "GITHUB_TOKEN")) {
      var run = stranger().with(variable, OWN).run("scan", "github", "-q", "acme/hidden");
      assertThat(run.err()).contains("no repository acme/hidden that a stranger may see");
    }
  }

  @Test
  void plansFromGitHubAndReadsItsPlacesAgain() throws Exception {
    commit("app", "refs/heads/main", "a.txt", token(1) + "\n");
    github.add("app").open("issues", "it fails", "with " + token(2));
    var scan = here().run("scan", "github", "-q", "-f", "jsonl", "acme/app");
    Files.writeString(home.resolve("found.jsonl"), scan.out());
    for (String source : List.of("github:acme/app", "found.jsonl")) {
      var plan = here().with("HF_ENDPOINT", github.server()).run("plan", "-q", source);
      assertThat(plan.err()).doesNotContain("do not stand any more");
      assertThat(plan.out()).contains(end(1), end(2)).doesNotContain(token(1), token(2));
    }
  }

  private void app() throws IOException {
    commit("app", "refs/heads/main", "a.txt", "nothing\n");
    github
        .add("app")
        .run(1, "2025-01-05T10:00:00Z", 11, "long ago " + token(1) + "\n")
        .run(2, "2026-02-20T10:00:00Z", 12, "2026-02-20T10:00:01.1Z start\nkey: " + token(2))
        .run(3, "2026-02-21T10:00:00Z", 13, "2026-02-21T10:00:01.1Z " + token(3) + "\n");
  }

  @Test
  void readsTheLogsOfActionsOfSoManyDays() throws Exception {
    app();
    var run = here().run("scan", "github", "-q", "-f", "jsonl", "--logs", "30", "acme/app");
    assertThat(places(run))
        .containsOnly(
            Map.entry(end(2), List.of("github:acme/app actions/runs/2/job/12")),
            Map.entry(end(3), List.of("github:acme/app actions/runs/3/job/13")));
    assertThat(objects(run, "finding"))
        .allSatisfy(
            one ->
                assertThat(one.path("places").path(0).path("details").path("job").asText())
                    .isEqualTo("build (1)"));
    assertThat(objects(run, "skip")).isEmpty();
    assertThat(github.requests()).doesNotContain("GET /storage-of-logs/11");
    // What is remembered of the rest leaves the logs out: they are read each time.
    var again = here().run("scan", "github", "-q", "-f", "jsonl", "--logs", "30", "acme/app");
    assertThat(places(again)).isEqualTo(places(run));
    assertThat(places(here().run("scan", "github", "-q", "-f", "jsonl", "acme/app"))).isEmpty();
    Files.writeString(home.resolve("found.jsonl"), run.out());
    var plan = here().with("HF_ENDPOINT", github.server()).run("plan", "-q", "found.jsonl");
    assertThat(plan.err()).doesNotContain("do not stand any more");
    assertThat(plan.out()).contains(end(2), end(3));
  }

  @Test
  void listsALogThatIsKeptNoMore() throws Exception {
    commit("app", "refs/heads/main", "a.txt", "nothing\n");
    github.add("app").run(1, "2026-02-20T10:00:00Z", 11, null);
    var run = here().run("scan", "github", "-q", "-f", "jsonl", "--logs", "30", "acme/app");
    assertThat(run.status()).isZero();
    assertThat(objects(run, "skip"))
        .extracting(skip -> skip.path("place").path("path").asText())
        .containsExactly("actions/runs/1/job/11");
  }

  @Test
  void readsTheBeginningOfALongLog() throws Exception {
    commit("app", "refs/heads/main", "a.txt", "nothing\n");
    String log = token(1) + "\n" + "one line like another\n".repeat(3_100_000) + token(2);
    github.add("app").run(1, "2026-02-20T10:00:00Z", 11, log);
    var run = here().run("scan", "github", "-q", "-f", "jsonl", "--logs", "30", "acme/app");
    assertThat(places(run)).containsOnlyKeys(end(1));
    assertThat(objects(run, "skip"))
        .extracting(
            skip -> skip.path("place").path("path").asText() + ": " + skip.path("reason").asText())
        .containsExactly("actions/runs/1/job/11: longer than 64 MiB: the rest was not read");
  }

  /// One page of each kind of list, and a second one of each.
  private void discussions() throws IOException {
    commit("app", "refs/heads/main", "a.txt", "nothing\n");
    var app = github.add("app");
    for (int i = 0; i < 30; i++) {
      app.discuss("question " + i, i == 29 ? "is it " + token(1) : "why?");
    }
    for (int i = 0; i < 30; i++) {
      app.answer(100, 500 + i, i == 28 ? "try " + token(2) : "because", "2026-01-02T00:00:00Z");
    }
    for (int i = 0; i < 30; i++) {
      app.reply(100, 700 + i, i == 27 ? "or " + token(3) : "no");
    }
    app.poll(103, "which one?", "none", "key " + token(6));
  }

  @Test
  void readsDiscussionsToTheirEnds() throws Exception {
    discussions();
    github.refuseGraph(1);
    var run = here().run("scan", "github", "-q", "-f", "jsonl", "acme/app");
    assertThat(run.err()).isEmpty();
    assertThat(places(run))
        .containsOnly(
            Map.entry(end(1), List.of("github:acme/app discussions/129")),
            Map.entry(end(2), List.of("github:acme/app discussions/100/comments/528")),
            Map.entry(end(3), List.of("github:acme/app discussions/100/comments/727")),
            Map.entry(end(6), List.of("github:acme/app discussions/103/poll")));
    assertThat(objects(run, "skip")).isEmpty();
    // Somebody answers: that alone makes it read once more.
    github.add("app").answer(101, 999, token(4), "2026-02-01T00:00:00Z");
    assertThat(places(here().run("scan", "github", "-q", "-f", "jsonl", "acme/app")))
        .containsKeys(end(1), end(2), end(3), end(4), end(6));
    int before = github.requests().size();
    here().run("scan", "github", "-q", "-f", "jsonl", "acme/app");
    assertThat(github.requests().subList(before, github.requests().size()))
        .containsExactlyInAnyOrder(
            "GET /api/v3/repos/acme/app", "POST /api/graphql", "GET /api/v3/repos/acme/app/issues");
  }

  @Test
  void readsOnceMoreWhereNobodyTellsWhetherDiscussionsChanged() throws Exception {
    discussions();
    github.refuseGraph(4); // the question what has changed; the discussions themselves are shown
    here().run("scan", "github", "-q", "acme/app");
    github.add("app").answer(101, 999, token(4), "2026-02-01T00:00:00Z");
    github.refuseGraph(4);
    assertThat(places(here().run("scan", "github", "-q", "-f", "jsonl", "acme/app")))
        .containsKeys(end(1), end(4));
  }

  @Test
  void tellsAStrangerThatDiscussionsAreNotShown() throws Exception {
    discussions();
    var run = stranger().run("scan", "github", "-q", "-f", "jsonl", "acme/app");
    assertThat(objects(run, "skip"))
        .extracting(skip -> skip.path("place").path("path").asText())
        .contains("discussions");
    assertThat(github.requests()).doesNotContain("POST /api/graphql");
  }

  private CommandRun.Setting app(String pem) throws IOException {
    Path key = home.resolve("key.pem");
    Files.writeString(key, pem);
    TokenLedger.planted(key);
    return stranger()
        .with("GITHUB_ENTERPRISE_APP_ID", "4711")
        .with("GITHUB_ENTERPRISE_APP_PRIVATE_KEY_FILE", key.toString());
  }

  private void nothingOfItsOwn(CommandRun run) throws IOException {
    assertThat(github.minted()).isNotEmpty();
    assertThat(run.out() + run.err()).doesNotContain(github.minted());
    try (var kept = Files.walk(home)) {
      for (Path file : kept.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1))
            .doesNotContain(github.minted());
      }
    }
  }

  @Test
  void readsAsAnAppWhoseTokensItRenews() throws Exception {
    for (String name : List.of("a", "b")) {
      commit(name, "refs/heads/main", "a.txt", token(name.charAt(0)) + "\n");
      github.add(name).with("private", true).open("issues", "it fails", "badly");
    }
    // Renewed five minutes before its end: each call takes a new one.
    var brief = app(github.app("4711", List.of(33L), Duration.ofSeconds(200)));
    var run = brief.run("scan", "github", "-q", "-f", "jsonl", "acme");
    assertThat(run.err()).isEmpty();
    assertThat(places(run)).containsOnlyKeys(end('a'), end('b'));
    assertThat(objects(run, "skip")).isEmpty();
    assertThat(github.minted()).hasSizeGreaterThan(2);
    nothingOfItsOwn(run);
    var hourly = app(github.app("4711", List.of(33L), Duration.ofHours(1)));
    nothingOfItsOwn(hourly.run("scan", "github", "-q", "--again", "acme"));
    assertThat(github.minted()).hasSize(1);
  }

  @Test
  void readsWhatAPersonGaveAnApp() throws Exception {
    commit("a", "refs/heads/main", "a.txt", token(1) + "\n");
    github.add("a").with("private", true);
    github.person();
    var run =
        app(github.app("4711", List.of(33L), Duration.ofHours(1)))
            .run("scan", "github", "-q", "-f", "jsonl", "acme");
    assertThat(places(run)).containsOnlyKeys(end(1));
  }

  @Test
  void saysWhatAnAppLacks() throws Exception {
    github.add("a");
    String pem = github.app("4711", List.of(33L, 34L), Duration.ofHours(1));
    assertThat(app(pem).run("scan", "github", "-q", "acme/a").err())
        .contains("installed more than once: set GITHUB_ENTERPRISE_APP_INSTALLATION_ID");
    var other =
        app(pem)
            .with("GITHUB_ENTERPRISE_APP_INSTALLATION_ID", "34")
            .with("GITHUB_ENTERPRISE_APP_ID", "4712");
    assertThat(other.run("scan", "github", "-q", "acme/a").err())
        .contains("does not accept the token of the installation of GITHUB_ENTERPRISE_APP_ID")
        .contains("check its number, its key and its installation");
    assertThat(github.minted()).isEmpty();
    assertThat(app("no key").run("scan", "github", "-q", "acme/a").err())
        .contains("GITHUB_ENTERPRISE_APP_PRIVATE_KEY_FILE holds no RSA private key");
    // That of GitHub's own is shown to nobody else.
    var foreign = stranger().with("GITHUB_APP_ID", "4711").with("GITHUB_APP_PRIVATE_KEY", pem);
    int before = github.requests().size();
    foreign.run("scan", "github", "-q", "acme/a");
    assertThat(github.requests().subList(before, github.requests().size()))
        .noneMatch(request -> request.contains("/app"));
  }
}
