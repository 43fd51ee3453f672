package dev.stanch.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stanch.cli.CommandRun;
import dev.stanch.detectors.rule.ExampleTemplate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What is listed of folders and Spaces together, and what a policy says of it.
@Timeout(120)
final class InventoryCommandTest {
  private static final String SHARED = token(1);

  @TempDir private Path home;
  private ServedSpace space;

  @BeforeEach
  void start() throws Exception {
    space = new ServedSpace(home);
    space.chat().variable("HF", SHARED, "").variable("OTHER", token(2), "");
    Files.createDirectories(home.resolve("deploy"));
    Files.writeString(home.resolve("deploy/x.env"), "HF_TOKEN=" + SHARED + "\n");
  }

  @AfterEach
  void stop() {
    space.close();
  }

  private static String token(int seed) {
    return new ExampleTemplate("{{\"hf_\"}}{{alpha:34}}").expand(seed);
  }

  private CommandRun run(String... more) {
    var arguments = new ArrayList<>(List.of("inventory", "-q", "dir:deploy", "space:acme/chat"));
    arguments.addAll(List.of(more));
    return command(arguments.toArray(String[]::new));
  }

  private CommandRun command(String... arguments) {
    return space.setting().run(arguments);
  }

  @Test
  void joinsSourcesByTokenAndPutsFirstWhatThePolicyHasSomethingAgainst() throws Exception {
    var run = run("-f", "json");
    assertThat(run.err()).isEmpty();
    JsonNode inventory = new ObjectMapper().readTree(run.out());
    JsonNode items = inventory.path("items");
    assertThat(items).hasSize(4);
    assertThat(inventory.path("faulty").asInt()).isEqualTo(2);
    assertThat(items.get(0).path("id").asText()).isEqualTo("space-secret space:acme/chat OLD");
    assertThat(items.get(0).path("faults").toString()).isEqualTo("[\"older than 365 days\"]");
    assertThat(items.get(0).path("days").asInt()).isEqualTo(730);
    assertThat(items.get(1).path("faults").toString()).isEqualTo("[\"shared by 2\"]");
    assertThat(items.get(1).path("sharedBy").toString())
        .contains("space:acme/chat", home.resolve("deploy").toUri().toString());
    assertThat(items.get(2).path("faults")).isEmpty();
    assertThat(items.get(3).path("faults")).isEmpty();
    assertThat(run.out()).doesNotContain(SHARED, token(2), ServedSpace.OWN);
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void holdsToThePolicyOfAFile() throws Exception {
    Files.writeString(
        home.resolve("policy.yml"), "max-age-days: 10000\nshared: allowed\nexpiry: any\n");
    var calm = run("--policy", "policy.yml");
    assertThat(calm.out()).contains("4 tokens, 0 against the policy\n");
    assertThat(calm.status()).isZero();
    Files.writeString(
        home.resolve("policy.yml"),
        "max-age-days: 10000\nshared: allowed\nset-before: 2024-05-31\n");
    var csv = run("--policy", "policy.yml", "-f", "csv");
    assertThat(csv.out())
        .startsWith("id,what,provider,redacted,since,days,expires,owner,verdict,shared_by,places")
        .containsPattern("space-secret space:acme/chat OLD,.*,set before 2024-05-31,")
        .doesNotContainPattern("space-secret space:acme/chat NEW,.*,set before");
    assertThat(csv.status()).isEqualTo(1);
    var html = run("--policy", "policy.yml", "-f", "html");
    assertThat(html.out())
        .containsPattern("data-policy=\"against\"[^>]*>\\s*<summary>.*</summary>")
        .contains("<dt>Against</dt><dd>set before 2024-05-31</dd>");
    assertThat(html.status()).isEqualTo(1);
  }

  @Test
  void holdsAgainstTokensThatTheyReachAllOfTheirOwner() throws Exception {
    Files.writeString(
        home.resolve("deploy/npmrc.env"),
        "GITHUB_TOKEN=" + new ExampleTemplate("{{checked:crc32-base62:ghp_}}").expand(5) + "\n");
    assertThat(run("-f", "json").out())
        .contains(
            "\"classic: limited to nothing that its owner may reach; its provider has finer"
                + " kinds\"");
    Files.writeString(home.resolve("policy.yml"), "account-wide: allowed\n");
    assertThat(run("-f", "json", "--policy", "policy.yml").out()).doesNotContain("classic:");
  }

  /// A report of last week, whatever its turn, does not hide what the Space says today.
  @Test
  void believesASourceMoreThanAReport() throws Exception {
    assertThat(
            command("scan", "space", "acme/chat", "-q", "-f", "jsonl", "-o", "old.jsonl").status())
        .isEqualTo(1);
    String report = Files.readString(home.resolve("old.jsonl"));
    assertThat(report).contains("2026-02-01T10:00:00Z");
    Files.writeString(
        home.resolve("old.jsonl"),
        report
            .replace("2026-02-01T10:00:00Z", "2023-02-01T10:00:00Z")
            .replaceAll("(?m)^.*\"type\":\"finding\".*\n", "")); // it would be read again
    for (String[] order :
        List.of(
            new String[] {"old.jsonl", "space:acme/chat"},
            new String[] {"space:acme/chat", "old.jsonl"})) {
      var inventory = command("inventory", "-q", "-f", "csv", order[0], order[1]);
      assertThat(inventory.out())
          .containsPattern("space-secret space:acme/chat NEW,.*,2026-02-01")
          .doesNotContain("2023-02-01");
    }
    assertThat(command("inventory", "-q", "-f", "csv", "old.jsonl").out()).contains("2023-02-01");
  }

  @Test
  void namesEveryMistakeOfAPolicy() throws Exception {
    Files.writeString(home.resolve("policy.yml"), "max-age: 3\nshared: never\n");
    var run = run("--policy", "policy.yml");
    assertThat(run.err())
        .contains("policy.yml: line 1: 'max-age' is unknown")
        .contains("policy.yml: line 2: 'shared' cannot be that")
        .contains("hint: max-age-days");
    assertThat(run.status()).isEqualTo(2);
  }
}
