package dev.stanch.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stanch.cli.CommandRun;
import dev.stanch.cli.ExitCode;
import dev.stanch.detectors.rule.ExampleTemplate;
import dev.stanch.fixtures.FakeHuggingFace;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What commands would do, for scripts and for tickets.
final class DryRunTest {
  private static final String OURS = token(70_001);
  private static final String THEIRS = token(70_002);

  @TempDir private Path folder;
  private LeakFolder at;
  private FakeHuggingFace hub;

  @BeforeEach
  void leak() throws Exception {
    hub = new FakeHuggingFace();
    hub.issue(OURS, "acme-bot", "write");
    hub.issue(THEIRS, "stranger", "write");
    at = new LeakFolder(folder, "acme-bot");
    at.leak("HF_TOKEN=" + OURS + "\nHF_TOKEN=" + THEIRS + "\n");
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  /// Of seeds that no other test takes: these are issued, and theirs stand in files that are
  /// searched.
  private static String token(int seed) {
    return new ExampleTemplate("{{\"hf_\"}}{{alpha:34}}").expand(seed);
  }

  private CommandRun stanch(String command) {
    return at.setting().with("HF_ENDPOINT", hub.endpoint()).run(command.split(" "));
  }

  private static JsonNode valid(String json) throws Exception {
    new Schemas().valid("dry-run", json);
    return new ObjectMapper().readTree(json);
  }

  @ParameterizedTest
  @ValueSource(strings = {"revoke", "rotate", "respond"})
  void tellsAScriptWhatWouldHappen(String command) throws Exception {
    CommandRun text = stanch(command + " dir:leak");
    CommandRun run = stanch(command + " --format json dir:leak");
    assertThat(run.status()).as(run.err()).isEqualTo(text.status()).isEqualTo(1);
    assertThat(run.err()).contains("nothing was changed");
    JsonNode dry = valid(run.out());
    assertThat(dry.path("plan").path("steps")).hasSize(2);
    assertThat(dry.has("triage")).isEqualTo(command.equals("respond"));
    assertThat(hub.accepts(OURS)).isTrue();
  }

  @Test
  void saysWhichStepsAreNotTakenAndWhy() throws Exception {
    JsonNode dry = valid(stanch("respond --format json dir:leak").out());
    JsonNode withheld = dry.path("withheld");
    assertThat(withheld).hasSize(1);
    assertThat(withheld.path(0).path("why").asText()).contains("not ours: --third-party");
    int number = withheld.path(0).path("step").asInt();
    assertThat(dry.path("plan").path("steps").path(number - 1).path("owner").asText())
        .isEqualTo("stranger");
    JsonNode triage = dry.path("triage");
    assertThat(triage.path("oursAndLive").asInt()).isEqualTo(1);
    assertThat(triage.path("providers").path(0).path("live").asInt()).isEqualTo(2);
    assertThat(triage.path("others").toString()).isEqualTo("[{\"owner\":\"stranger\",\"live\":1}]");

    CommandRun md = stanch("respond --format md dir:leak");
    assertThat(md.out())
        .contains("| huggingface | 2 | 1 | 2 | 0 | 0 | 0 | 0 | 2 |", "## Not taken", "not ours: ");
    stanch("respond --format html --output page.html dir:leak");
    assertThat(Files.readString(folder.resolve("page.html")))
        .contains("<dt>huggingface</dt><dd>2 tokens, 1 ours, 2 live")
        .contains("<dt>not taken</dt>", "not ours: --third-party");
  }

  @Test
  void holdsAPlanThatCanBeCarriedOut() throws Exception {
    JsonNode plan = valid(stanch("revoke --format json dir:leak").out()).path("plan");
    Files.writeString(folder.resolve("plan.json"), plan.toString());
    CommandRun again = stanch("revoke --plan plan.json --format json");
    assertThat(valid(again.out()).path("plan")).isEqualTo(plan);
    CommandRun revoke = at.setting().with("HF_ENDPOINT", hub.endpoint()).run(at.apply("revoke"));
    assertThat(revoke.out()).as(revoke.err()).contains("1 dead", "1 withheld");
    assertThat(hub.accepts(OURS)).isFalse();
  }

  @Test
  void endsWhereNothingIsOursAndLive() throws Exception {
    at.leak("HF_TOKEN=" + THEIRS + "\n");
    CommandRun text = stanch("respond dir:leak");
    assertThat(text.out()).contains("nothing of it is ours and live");
    CommandRun run = stanch("respond --format json dir:leak");
    assertThat(valid(run.out()).path("triage").path("oursAndLive").asInt()).isZero();
    assertThat(run.status()).isEqualTo(text.status()).isEqualTo(ExitCode.CLEAN.value());
  }

  @Test
  void isForWhatWouldBeDoneAlone() {
    CommandRun run = stanch("revoke --apply --format json --plan p --plan-hash h");
    assertThat(run.err()).contains("--format and --output with --apply", "stanch incident show");
    assertThat(run.status()).isEqualTo(ExitCode.USAGE.value());
  }
}
