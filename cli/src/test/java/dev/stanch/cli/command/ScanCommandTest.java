package dev.stanch.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stanch.cli.CommandRun;
import dev.stanch.detectors.rule.ExampleTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Scans of real trees through the whole command line.
final class ScanCommandTest {
  private static final String TOKEN = token(1);

  @TempDir private Path home;
  private Path tree;

  @BeforeEach
  void makeTree() throws IOException {
    tree = Files.createDirectories(home.resolve("tree"));
  }

  private static String token(long seed) {
    return new ExampleTemplate("{{\"hf_\"}}{{alpha:34}}").expand(seed);
  }

  private static String assignment(String token) {
    return "HF_TOKEN=\"" + token + "\"\n";
  }

  private void write(String path, String text) throws IOException {
    Path file = tree.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private CommandRun.Setting here() {
    return CommandRun.in(home);
  }

  private static List<JsonNode> lines(String jsonl) {
    var mapper = new ObjectMapper();
    return jsonl
        .lines()
        .map(
            line -> {
              try {
                return mapper.readTree(line);
              } catch (IOException e) {
                throw new AssertionError(line, e);
              }
            })
        .toList();
  }

  private static JsonNode ofType(String type, String jsonl) {
    return lines(jsonl).stream()
        .filter(object -> object.path("type").asText().equals(type))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void findsATokenAndNeverPrintsIt() throws IOException {
    write("src/app.env", "# settings\n" + assignment(TOKEN));
    var text = here().run("scan", "dir", "tree");
    assertThat(text.status()).isEqualTo(1);
    assertThat(text.out())
        .contains("huggingface-user-token", "tree/src/app.env:2:11")
        .doesNotContain(TOKEN);
    for (String format :
        List.of("json", "jsonl", "sarif", "csv", "junit", "gitlab", "html", "md")) {
      var run = here().run("scan", "dir", "--format", format, "tree");
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.out()).contains("huggingface-user-token").doesNotContain(TOKEN);
    }
  }

  @Test
  void saysThatATreeIsClean() throws IOException {
    write("readme.txt", "nothing to see\n");
    var run = here().run("scan", "dir", "tree");
    assertThat(run.out()).startsWith("no findings in 1 text, 15 B");
    assertThat(run.status()).isEqualTo(0);
  }

  @Test
  void isIncompleteWhenItReadNothing() {
    var run = here().run("scan", "dir", "tree");
    assertThat(run.err()).contains("error: nothing was read\nhint: the report lists");
    assertThat(run.status()).isEqualTo(3);
  }

  @Test
  void refusesAPathThatIsNotThere() {
    var run = here().run("scan", "dir", "tree", "no-such-folder");
    assertThat(run.err()).startsWith("error: no such file or folder: no-such-folder");
    assertThat(run.status()).isEqualTo(2);
  }

  @Test
  void readsStandardInput() {
    var run = here().reading(assignment(TOKEN)).run("scan", "stdin", "--format", "jsonl");
    var place = ofType("finding", run.out()).path("places").get(0);
    assertThat(place.path("kind").asText()).isEqualTo("stdin");
    assertThat(place.path("column").asInt()).isEqualTo(11);
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void isOneFindingWithAllItsPlaces() throws IOException {
    write("a.env", assignment(TOKEN) + assignment(TOKEN));
    write("b/c.env", assignment(TOKEN));
    write("d.env", assignment(token(2)));
    var run = here().run("scan", "dir", "--format", "jsonl", "tree");
    var findings =
        lines(run.out()).stream()
            .filter(object -> object.path("type").asText().equals("finding"))
            .toList();
    assertThat(findings).hasSize(2);
    assertThat(findings.getFirst().path("places")).hasSize(3);
    assertThat(findings.getFirst().path("fingerprints")).hasSize(2);
    assertThat(ofType("summary", run.out()).path("findings").asInt()).isEqualTo(2);
  }

  @Test
  void givesTheSameBytesWhateverTheThreads() throws IOException {
    for (int i = 0; i < 40; i++) {
      write("f" + i + "/x.env", assignment(token(i % 7)));
    }
    var one = here().run("scan", "dir", "--threads", "1", "--format", "csv", "tree");
    var four = here().run("scan", "dir", "--threads", "4", "--format", "csv", "tree");
    assertThat(findings(four.out())).isEqualTo(findings(one.out())).hasSize(40);
  }

  private static List<String> findings(String csv) {
    return csv.lines().filter(line -> line.startsWith("finding,")).toList();
  }

  @Test
  void leavesOutWhatIsNotSureEnough() throws IOException {
    write("a.env", assignment(TOKEN));
    var run = here().run("scan", "dir", "--min-confidence", "1", "tree");
    assertThat(run.out()).startsWith("no findings");
    assertThat(run.status()).isEqualTo(0);
    var wrong = here().run("scan", "dir", "--min-confidence", "7", "tree");
    assertThat(wrong.err()).startsWith("error: --min-confidence 7.0 is not between 0 and 1");
    assertThat(wrong.status()).isEqualTo(2);
  }

  @Test
  void writesTheResultToAFile() throws IOException {
    write("a.env", assignment(TOKEN));
    Files.writeString(home.resolve("out.jsonl"), "the old report");
    var run = here().run("scan", "dir", "tree", "-f", "jsonl", "-o", "out.jsonl");
    assertThat(run.out()).isEmpty();
    assertThat(Files.readString(home.resolve("out.jsonl"))).startsWith("{\"type\":\"finding\"");
    try (Stream<Path> files = Files.list(home)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("tree", "out.jsonl", ".state");
    }
    var nowhere = here().run("scan", "dir", "tree", "-o", "no/such/folder.txt");
    assertThat(nowhere.err())
        .contains("error: the result could not be written: no such folder", "hint: ");
    assertThat(nowhere.status()).isEqualTo(3);
  }

  @Test
  void leavesAPartialReportWhenInterrupted() throws IOException {
    write("a.env", assignment(TOKEN));
    var run = here().interrupted().run("scan", "dir", "tree", "--format", "jsonl");
    assertThat(ofType("summary", run.out()).path("state").asText()).isEqualTo("interrupted");
    assertThat(run.status()).isEqualTo(3);
  }

  @Test
  void showsTokensOnlyWhereNobodyElseReads() throws IOException {
    write("a.env", assignment(TOKEN));
    var text = here().run("scan", "dir", "--show-tokens", "tree");
    assertThat(text.out()).contains("secret  " + TOKEN);
    var json = here().run("scan", "dir", "--show-tokens", "-f", "json", "tree");
    assertThat(json.out()).contains(TOKEN);
    var sarif = here().run("scan", "dir", "--show-tokens", "-f", "sarif", "tree");
    assertThat(sarif.out()).isEmpty();
    assertThat(sarif.status()).isEqualTo(2);
    var log = here().with("CI", "true").run("scan", "dir", "--show-tokens", "tree");
    assertThat(log.out()).isEmpty();
    assertThat(log.err()).startsWith("error: --show-tokens would print tokens into a build log");
    assertThat(log.status()).isEqualTo(4);
    here().with("CI", "true").run("scan", "dir", "--show-tokens", "tree", "-o", "secret.txt");
    assertThat(Files.readString(home.resolve("secret.txt"))).contains(TOKEN);
    assertThat(permissions(home.resolve("secret.txt"))).isEqualTo("rw-------");
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void coloursOnATerminalOnly() throws IOException {
    write("a.env", assignment(TOKEN));
    assertThat(here().run("scan", "dir", "tree").out()).doesNotContain("\u001b");
    assertThat(here().onTerminal().run("scan", "dir", "tree").out()).contains("\u001b[1;31m");
    assertThat(here().onTerminal().with("NO_COLOR", "1").run("scan", "dir", "tree").out())
        .doesNotContain("\u001b");
    assertThat(here().onTerminal().with("TERM", "dumb").run("scan", "dir", "tree").out())
        .doesNotContain("\u001b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "json", "jsonl", "sarif", "csv", "junit", "gitlab", "html", "md"})
  void isNotMovedByHostileNames(String format) throws IOException {
    write("a\u001b[2J\n::error::c|<i>\"`.env", assignment(TOKEN));
    var run = here().run("scan", "dir", "-f", format, "tree");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).doesNotContain("\u001b", "\n::error");
  }

  @Test
  void namesATokenAlikeFromRunToRun() throws IOException {
    write("a.env", assignment(TOKEN));
    var first = here().run("scan", "dir", "-f", "jsonl", "tree");
    var second = here().run("scan", "dir", "-f", "jsonl", "tree");
    assertThat(ofType("finding", second.out())).isEqualTo(ofType("finding", first.out()));
    Path key = home.resolve(".state/stanch/token-key");
    assertThat(key).hasSize(32);
    assertThat(permissions(key)).isEqualTo("rw-------");
  }

  @Test
  void refusesATokenKeyThatOthersCanRead() throws IOException {
    write("a.env", assignment(TOKEN));
    here().run("scan", "dir", "tree");
    Path key = home.resolve(".state/stanch/token-key");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    var run = here().run("scan", "dir", "tree");
    assertThat(run.err()).contains("can be read or written by others", "hint: chmod 600 " + key);
    assertThat(run.status()).isEqualTo(2);
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    Files.write(key, new byte[5]);
    assertThat(here().run("scan", "dir", "tree").err()).contains("has 5 bytes instead of 32");
  }

  /// A checkout, a part of it, another clone under another address: one fingerprint.
  @Test
  void givesOneFingerprintInEveryClone() throws IOException {
    write(".git/config", "[remote \"origin\"]\n\turl = git@Example.org:acme/app.git\n");
    write("src/a.env", assignment(TOKEN));
    write(
        "clone/.git/config",
        """
        [core]
        \tbare = false
        [remote "origin"]
        \turl = https://bot@example.org:443/acme/app/
        """);
    write("clone/src/a.env", assignment(TOKEN));
    write("elsewhere/.git/config", "[remote \"origin\"]\n\turl = /srv/git/app.git\n");
    write("elsewhere/src/a.env", assignment(TOKEN));
    var seen =
        Stream.of("tree/src", "tree/src/a.env", "tree/clone", "tree/clone/src")
            .map(path -> here().run("scan", "dir", "-f", "jsonl", path))
            .map(run -> ofType("finding", run.out()).path("fingerprints").toString())
            .distinct()
            .toList();
    assertThat(seen).hasSize(1);
    var local = here().run("scan", "dir", "-f", "jsonl", "tree/elsewhere");
    assertThat(ofType("finding", local.out()).path("fingerprints").toString())
        .isNotEqualTo(seen.getFirst());
  }

  private static final String OWN_RULE =
      """
      provider: acme
      rules:
        - id: acme-live-key
          name: Acme live key
          evidence: prefix
          pattern: '\\b(acme_live_[a-z0-9]{32})\\b'
          keywords: [acme_live_]
          severity: critical
          impact: Whoever holds it can publish as the owner.
          match: ['{{"acme_live_"}}{{lower+digit:32}}']
          ignore: ['{{"acme_live_"}}{{lower+digit:20}}']
      """;

  @Test
  void runsTheUsersOwnRules() throws IOException {
    Files.writeString(home.resolve("own.yml"), OWN_RULE);
    write("a.txt", new ExampleTemplate("x {{\"acme_live_\"}}{{lower+digit:32}}").expand(3));
    var run = here().run("scan", "dir", "--rules", "own.yml", "tree");
    assertThat(run.out()).contains("acme-live-key");
    assertThat(run.status()).isEqualTo(1);
    assertThat(here().run("rules", "check", "own.yml").out())
        .isEqualTo("1 rule checked, no problem\n");
    assertThat(here().run("rules", "show", "--rules", "own.yml", "acme-live-key").out())
        .contains("impact      Whoever holds it can publish as the owner.", "own.yml:3");
  }

  @Test
  void namesEveryMistakeOfARuleFileAtOnce() throws IOException {
    Files.writeString(
        home.resolve("own.yml"),
        OWN_RULE.replace("id: acme-live-key", "id: Acme Key").replace("critical", "dreadful")
            + """
              - id: acme-other
                name: Acme other key
                evidence: prefix
                pattern: '(acmeo_[a-z]{8})'
                keywords: [acmeo_]
                severity: high
                impact: None.
                match: ['{{"acmeo_"}}{{lower:7}}']
            """);
    var check = here().run("rules", "check", "own.yml");
    assertThat(check.out())
        .contains("own.yml:3: rule id 'Acme Key' is not kebab case")
        .contains("own.yml:8: 'severity' cannot be 'dreadful'")
        .contains("own.yml:12: acme-other: match example");
    assertThat(check.err()).isEqualTo("error: 3 problems in the rules\n");
    assertThat(check.status()).isEqualTo(1);
    write("a.txt", "x");
    var scan = here().run("scan", "dir", "--rules", "own.yml", "tree");
    assertThat(scan.err()).contains("own.yml:3: ", "own.yml:8: ", "hint: ");
    assertThat(scan.status()).isEqualTo(2);
  }

  @Test
  void convertsAReportWithoutLoss() throws IOException {
    write("a.env", assignment(TOKEN));
    Files.createSymbolicLink(tree.resolve("link"), Path.of("/etc/hostname"));
    var lines = here().run("scan", "dir", "-f", "jsonl", "tree");
    Files.writeString(home.resolve("r.jsonl"), lines.out());
    var again = here().run("report", "r.jsonl", "-f", "jsonl");
    assertThat(again.out()).isEqualTo(lines.out());
    assertThat(again.status()).isEqualTo(0);
    var json = here().run("report", "r.jsonl", "-f", "json");
    var back = here().reading(json.out()).run("report", "-", "-f", "jsonl");
    assertThat(back.out()).isEqualTo(lines.out());
  }

  @Test
  void refusesAReportThatIsCut() throws IOException {
    write("a.env", assignment(TOKEN));
    var lines = here().run("scan", "dir", "-f", "jsonl", "tree").out();
    String finding = lines.substring(0, lines.indexOf('\n') + 1);
    assertThat(here().reading(finding).run("report", "-").err())
        .contains("-: line ", "no summary: the report is cut short");
    assertThat(here().reading(finding.substring(0, 90)).run("report", "-").err())
        .contains("line 1: not JSON");
    assertThat(here().reading(lines.replace("\"1\"", "\"9\"")).run("report", "-").err())
        .contains("a report of another version");
    assertThat(here().reading("[1]").run("report", "-").status()).isEqualTo(2);
    assertThat(here().reading("").run("report", "-").status()).isEqualTo(2);
  }

  @Test
  void listsRules() {
    var all = here().run("rules", "list");
    assertThat(all.out().lines()).hasSizeGreaterThan(100);
    assertThat(here().run("rules", "list", "--provider", "huggingface").out())
        .contains("huggingface-user-token");
    assertThat(here().run("rules", "list", "--provider", "nobody").status()).isEqualTo(2);
    assertThat(here().run("rules", "show", "no-such-rule").status()).isEqualTo(2);
  }
}
