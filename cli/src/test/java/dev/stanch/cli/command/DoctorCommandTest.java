package dev.stanch.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stanch.cli.CommandRun;
import dev.stanch.cli.ExitCode;
import dev.stanch.cli.report.Schemas;
import dev.stanch.detectors.rule.ExampleTemplate;
import dev.stanch.fixtures.FakeGitHub;
import dev.stanch.fixtures.FakeHuggingFace;
import dev.stanch.fixtures.TokenLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DoctorCommandTest {
  private static final String TOKEN = new ExampleTemplate("{{\"hf_\"}}{{alpha:34}}").expand(77);

  @TempDir private Path home;
  private CommandRun.Setting here;

  @BeforeEach
  void begin() {
    // No engine may be found that this machine happens to have.
    here = CommandRun.in(home).with("DOCKER_HOST", "unix://" + home.resolve("none.sock"));
  }

  @Test
  void saysOfEachWrongThingHowToPutItRight() throws IOException {
    Path state = Files.createDirectories(home.resolve(".state/stanch"));
    mode(state, "rwxr-xr-x");
    Files.write(state.resolve("token-key"), new byte[32]);
    mode(state.resolve("token-key"), "rw-r-----");
    Path configuration = home.resolve(".config/stanch/config.yml");
    Files.createDirectories(configuration.getParent());
    Files.writeString(configuration, "owner: me\n");
    Path kube = home.resolve("kube");
    Files.writeString(kube, "apiVersion: v1\ncurrent-context: \"\"\n");
    mode(kube, "rw-------");
    here.with("KUBECONFIG", kube.toString());

    var run = here.run("doctor");
    assertThat(run.status()).isEqualTo(ExitCode.FINDINGS.value());
    assertThat(run.out())
        .containsPattern("wrong +container engine +no answer .*none.sock.*\n +to do: start Docker")
        .containsPattern("wrong +kubeconfig +no current context in .*\n +to do: kubectl config")
        .containsPattern("wrong +state folder .*open to others\n +to do: chmod 700 " + state)
        .containsPattern("wrong +token key .*by others\n +to do: chmod 600 .*token-key")
        .containsPattern("wrong +configuration .*line 1: 'owner' is unknown\n +to do: correct")
        .containsPattern("absent +hooks +not a git repository");

    mode(state, "rwx------");
    mode(state.resolve("token-key"), "rw-------");
    Files.writeString(configuration, "owners: [me]\n");
    mode(configuration, "rw-------");
    Files.writeString(kube, "apiVersion: v1\ncurrent-context: work\n");
    here.with("DOCKER_HOST", "");
    here.with("CONTAINER_HOST", "unix://" + home.resolve("none.sock"));
    var better = here.run("doctor");
    assertThat(better.out())
        .doesNotContain("wrong ")
        .containsPattern("ok +run time +Java 2")
        .containsPattern("ok +git +\\d")
        .containsPattern("ok +kubeconfig +context work of")
        .containsPattern("ok +configuration");
    assertThat(better.status()).isZero();
  }

  @Test
  void asksProvidersOnlyWhenToldTo() throws Exception {
    try (var hub = new FakeHuggingFace()) {
      hub.issue(TOKEN, "acme-bot", "write");
      here.with("HF_ENDPOINT", hub.endpoint()).with("HF_TOKEN", TOKEN);
      here.with("GITLAB_ADMIN_TOKEN", "something of no form");
      JsonNode set = checks(here.run("doctor", "--format", "json")).get("HF_TOKEN");
      assertThat(set.path("state").asText()).isEqualTo("ok");
      assertThat(set.path("detail").asText()).startsWith("set; ");
      assertThat(hub.requests()).isEmpty();

      var asked = here.run("doctor", "--verify", "--format", "json");
      assertThat(asked.out()).doesNotContain(TOKEN, "something of no form");
      assertThat(checks(asked).get("HF_TOKEN").path("detail").asText())
          .isEqualTo("live, belongs to acme-bot, may write");
      assertThat(checks(asked).get("GITLAB_ADMIN_TOKEN").path("detail").asText())
          .contains("tells no provider to ask");
      assertThat(home.resolve(".state")).as("nothing is kept").doesNotExist();
    }
    try (var hub = new FakeHuggingFace()) {
      var dead = here.with("HF_ENDPOINT", hub.endpoint()).run("doctor", "--verify");
      assertThat(dead.out())
          .containsPattern("wrong +HF_TOKEN +dead.*\n +to do: make a new one at its provider");
      assertThat(dead.status()).isEqualTo(ExitCode.FINDINGS.value());
    }
  }

  @Test
  void asksGitHubAboutAnApp() throws Exception {
    try (var github = new FakeGitHub(home.resolve("git"), "acme", "unused")) {
      Path key = home.resolve("app.pem");
      Files.writeString(key, github.app("4711", List.of(33L, 34L), Duration.ofHours(1)));
      TokenLedger.planted(key);
      here.with("GITHUB_API_URL", github.endpoint()).with("GITHUB_ENTERPRISE_APP_ID", "4711");
      assertThat(here.run("doctor").out())
          .containsPattern("wrong +GITHUB_ENTERPRISE_APP_ID +set without the App's key.*\n +to do");
      here.with("GITHUB_ENTERPRISE_APP_PRIVATE_KEY_FILE", key.toString());
      assertThat(app().path("detail").asText()).startsWith("set; ");
      assertThat(github.requests()).isEmpty();

      assertThat(app("--verify").path("detail").asText()).contains("installed more than once");
      here.with("GITHUB_ENTERPRISE_APP_INSTALLATION_ID", "35");
      assertThat(app("--verify").path("fix").asText()).contains("end of the installation's URL");
      here.with("GITHUB_ENTERPRISE_APP_INSTALLATION_ID", "34");
      github.appMay(Map.of("metadata", "read", "contents", "write", "issues", "read"));
      JsonNode some = app("--verify");
      assertThat(some.path("state").asText()).isEqualTo("absent");
      assertThat(some.path("detail").asText())
          .isEqualTo(
              "live, App Reader, installed at acme for all repositories, may contents: write,"
                  + " issues: read, metadata: read; cannot read pull_requests, discussions");
      assertThat(some.path("fix").asText()).contains("Read-only access", "accept it at acme");
      github.suspendApp();
      assertThat(app("--verify").path("fix").asText()).startsWith("unsuspend it");
      here.with("GITHUB_ENTERPRISE_APP_ID", "4712");
      JsonNode refused = app("--verify");
      assertThat(refused.path("state").asText()).isEqualTo("wrong");
      assertThat(refused.path("detail").asText()).contains("does not accept");
      assertThat(github.minted()).as("no token is made").isEmpty();
      here.with("GITHUB_API_URL", "");
      assertThat(app("--verify").path("detail").asText()).contains("not for the host");
    }
  }

  private JsonNode app(String... more) throws Exception {
    var arguments = new ArrayList<>(List.of("doctor", "-f", "json"));
    arguments.addAll(List.of(more));
    return checks(here.run(arguments.toArray(String[]::new))).get("GITHUB_ENTERPRISE_APP_ID");
  }

  @Test
  void findsItsHooks() throws Exception {
    new GitRun(home).text("init", "-q");
    assertThat(checks(here.run("doctor", "-f", "json")).get("hooks").path("fix").asText())
        .isEqualTo("stanch hook install");
    here.run("hook", "install");
    assertThat(checks(here.run("doctor", "-f", "json")).get("hooks").path("detail").asText())
        .startsWith("pre-commit in ");
  }

  private static Map<String, JsonNode> checks(CommandRun run) throws IOException {
    new Schemas().valid("doctor", run.out());
    var checks = new HashMap<String, JsonNode>();
    new ObjectMapper()
        .readTree(run.out())
        .path("checks")
        .forEach(check -> checks.put(check.path("name").asText(), check));
    return checks;
  }

  private static void mode(Path file, String mode) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }
}
