package dev.stanch.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stanch.cli.CommandRun;
import dev.stanch.detectors.rule.ExampleTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who may say that a finding may stand, and what a report says about it.
final class SuppressionTest {
  private static final String LINE = line(1);

  @TempDir private Path home;

  @BeforeEach
  void makeRepository() throws Exception {
    git("init", "--quiet", "--initial-branch=main", "app");
  }

  private static String line(long seed) {
    return new ExampleTemplate("HF_TOKEN=\"{{\"hf_\"}}{{alpha:34}}\"").expand(seed);
  }

  private static String password(long seed) {
    return new ExampleTemplate("db_password = \"{{alnum:6}}{{oneof:!|?}}{{alnum:4}}\"")
        .expand(seed);
  }

  private int gitStatus(String... args) throws IOException, InterruptedException {
    var command = new ArrayList<String>(List.of("git"));
    command.addAll(List.of(args));
    var builder =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    var environment = builder.environment();
    environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
    environment.put("GIT_CONFIG_SYSTEM", "/dev/null");
    for (String who : List.of("AUTHOR", "COMMITTER")) {
      environment.put("GIT_" + who + "_NAME", "Ann");
      environment.put("GIT_" + who + "_EMAIL", "ann@example.org");
      environment.put("GIT_" + who + "_DATE", "2024-05-06T07:08:09Z");
    }
    return builder.start().waitFor();
  }

  private void git(String... args) throws IOException, InterruptedException {
    assertThat(gitStatus(args)).as(String.join(" ", args)).isZero();
  }

  private void commit(String path, String text) throws Exception {
    write(path, text);
    git("-C", "app", "add", ".");
    git("-C", "app", "commit", "--quiet", "-m", "Change " + path);
  }

  private void write(String path, String text) throws IOException {
    Path file = home.resolve("app").resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private CommandRun run(String... args) {
    return CommandRun.in(home).run(args);
  }

  private static JsonNode finding(CommandRun run) throws IOException {
    return new ObjectMapper().readTree(run.out().lines().findFirst().orElseThrow());
  }

  private static List<String> statuses(CommandRun run) throws IOException {
    var statuses = new ArrayList<String>();
    for (String line : run.out().lines().toList()) {
      JsonNode object = new ObjectMapper().readTree(line);
      if (object.path("type").asText().equals("finding")) {
        statuses.add(object.path("status").asText());
      }
    }
    return statuses;
  }

  // ---- markers

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "X # stanch:allow | stanch:allow",
        "X // STANCH:ALLOW | stanch:allow",
        "/* stanch:allow */ X | stanch:allow",
        "X # stanch:allow huggingface-user-token: test data | stanch:allow",
        "X # gitleaks:allow | gitleaks:allow",
        "X # betterleaks:allow | betterleaks:allow",
        "X # trufflehog:ignore | trufflehog:ignore",
        "X # kingfisher:ignore | kingfisher:ignore",
        "X # ggignore | ggignore",
        "X # pragma: allowlist secret | pragma: allowlist secret",
        "X # pragma: whitelist secret | pragma: whitelist secret",
        "# stanch:allow-next-line\\nX | stanch:allow-next-line",
        "# pragma: allowlist nextline secret\\nX | pragma: allowlist nextline secret",
        "X # stanch:allow openai-key | ''",
        "X # mystanch:allow | ''",
        "X # stanch:allowed | ''",
        "# stanch:allow\\nX | ''",
        "X\\n# stanch:allow | ''",
        "# stanch:allow-next-line\\n\\nX | ''",
      })
  void readsTheMarkerOnTheLine(String text, String marker) throws Exception {
    String content = text.replace("X", LINE).replace("\\n", "\n") + "\n";
    commit("a.env", content);
    for (String source : List.of("dir", "git")) {
      var run = run("scan", source, "-f", "jsonl", "app");
      JsonNode place = finding(run).path("places").get(0);
      assertThat(place.at("/suppression/source").asText()).as(source).isEqualTo(marker);
      assertThat(finding(run).path("status").asText())
          .isEqualTo(marker.isEmpty() ? "new" : "suppressed");
      assertThat(run.status()).isEqualTo(marker.isEmpty() ? 1 : 0);
    }
    var stdin = CommandRun.in(home).reading(content).run("scan", "stdin");
    assertThat(stdin.status()).isEqualTo(marker.isEmpty() ? 1 : 0);
  }

  @Test
  void showsAllWhenAsked() throws Exception {
    commit("a.env", LINE + " # stanch:allow\n");
    assertThat(run("scan", "dir", "--no-suppress", "app").status()).isEqualTo(1);
    assertThat(run("scan", "git", "--no-suppress", "app").status()).isEqualTo(1);
  }

  @Test
  void listsWhatIsSuppressedWithItsReason() throws Exception {
    write("a.env", LINE + " # stanch:allow huggingface-user-token: revoked in May\n");
    var run = run("scan", "dir", "app");
    assertThat(run.out())
        .contains("(suppressed)", "suppressed by stanch:allow: revoked in May")
        .contains("1 accepted or suppressed");
  }

  @Test
  void quotesNoTokenAsAReason() throws Exception {
    String second = line(2);
    write("a.env", LINE + " # stanch:allow: as " + second + "\n");
    String token = second.substring(second.indexOf('"') + 1, second.length() - 1);
    for (String format : List.of("text", "jsonl", "sarif", "md")) {
      assertThat(run("scan", "dir", "-f", format, "app").out()).doesNotContain(token);
    }
  }

  @Test
  void countsAsLongAsOnePlaceIsOpen() throws Exception {
    write("a.env", LINE + " # stanch:allow\n");
    write("b.env", LINE + "\n");
    var run = run("scan", "dir", "-f", "jsonl", "app");
    assertThat(finding(run).path("status").asText()).isEqualTo("new");
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void believesTheTipMoreThanTheFirstVersion() throws Exception {
    commit("a.env", LINE + "\n");
    commit("a.env", LINE + " # stanch:allow\n");
    assertThat(run("scan", "git", "app").status()).isEqualTo(0);
    commit("a.env", LINE + "\n");
    assertThat(run("scan", "git", "app").status()).isEqualTo(1);
  }

  @Test
  void readsALongLineOnlySoFar() throws Exception {
    write("a.js", LINE + ";" + " ".repeat(4000) + "// stanch:allow\n");
    write("b.js", line(2) + ";" + " ".repeat(5000) + "// stanch:allow\n");
    assertThat(statuses(run("scan", "dir", "-f", "jsonl", "app")))
        .containsExactly("suppressed", "new");
  }

  // ---- baselines

  @Test
  void holdsALaptopsBaselineInEveryClone() throws Exception {
    commit("src/a.env", LINE + "\n");
    commit("src/b.py", password(3) + "\n");
    assertThat(statuses(run("scan", "git", "-f", "jsonl", "app"))).containsExactly("new", "new");
    var created =
        run("baseline", "create", "git:app", "--reason", "old sins", "--owner", "platform");
    assertThat(created.out()).isEqualTo(".stanch-baseline: 2 added, 0 dropped, 2 in all\n");
    Path file = home.resolve("app/.stanch-baseline");
    assertThat(Files.readString(file)).doesNotContain(home.toString()).contains("pbkdf2");
    commit("readme", "With its baseline\n");
    git("clone", "--quiet", "app", "ci");
    git("-C", "ci", "remote", "set-url", "origin", "https://example.org/acme/app.git");
    var elsewhere = CommandRun.in(Files.createDirectories(home.resolve("other")));
    for (String[] scan :
        List.of(
            new String[] {"scan", "git", "-f", "jsonl", "../ci"},
            new String[] {"scan", "dir", "-f", "jsonl", "../ci"},
            new String[] {"scan", "dir", "-f", "jsonl", "../ci/src"})) {
      var run = elsewhere.run(scan);
      assertThat(statuses(run)).as(scan[1]).containsExactly("accepted", "accepted");
      assertThat(run.status()).isEqualTo(0);
    }
    assertThat(elsewhere.run("scan", "git", "--no-suppress", "../ci").status()).isEqualTo(1);
    Files.writeString(home.resolve("ci/src/a.env"), "\n\n\n" + LINE + "\n" + line(9) + "\n");
    assertThat(statuses(elsewhere.run("scan", "dir", "-f", "jsonl", "../ci")))
        .containsExactlyInAnyOrder("accepted", "accepted", "new");
  }

  @Test
  void letsEntriesExpireAndSaysSo() throws Exception {
    write("a.env", LINE + "\n");
    run("baseline", "create", "dir:app", "--reason", "soon gone", "--expires", "2026-03-01");
    assertThat(run("scan", "dir", "app").status()).isEqualTo(0);
    Path file = home.resolve("app/.stanch-baseline");
    Files.writeString(file, Files.readString(file).replace("\"2026-03-01\",", "\"2026-02-28\","));
    var run = run("scan", "dir", "app");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("warning: .stanch-baseline: 1 entry has expired");
    var audit = run("baseline", "audit", "dir:app");
    assertThat(audit.out()).contains("expired  huggingface-user-token  a.env");
    assertThat(audit.status()).isEqualTo(1);
  }

  @Test
  void reportsAndPrunesUnusedEntries() throws Exception {
    write("a.env", LINE + "\n");
    write("b.env", line(2) + "\n");
    run("baseline", "create", "dir:app", "--reason", "test data", "--owner", "ann");
    assertThat(run("baseline", "audit", "dir:app").status()).isEqualTo(0);
    Files.delete(home.resolve("app/b.env"));
    var audit = run("baseline", "audit", "dir:app");
    assertThat(audit.out()).contains("unused  huggingface-user-token  b.env");
    assertThat(audit.status()).isEqualTo(1);
    assertThat(run("baseline", "update", "dir:app", "--prune", "--reason", "-").out())
        .isEqualTo(".stanch-baseline: 0 added, 1 dropped, 1 in all\n");
    assertThat(run("baseline", "create", "dir:app", "--reason", "again").status()).isEqualTo(2);
  }

  @Test
  void isMergedByGit() throws Exception {
    commit(".gitattributes", ".stanch-baseline merge=union\n");
    commit("a.env", LINE + "\n");
    run("baseline", "create", "dir:app", "--reason", "first");
    commit("readme", "With its baseline\n");
    git("-C", "app", "checkout", "--quiet", "-b", "other");
    write("b.env", line(2) + "\n");
    run("baseline", "update", "dir:app", "--reason", "theirs");
    commit("readme", "Theirs\n");
    git("-C", "app", "checkout", "--quiet", "main");
    write("c.env", line(3) + "\n");
    run("baseline", "update", "dir:app", "--reason", "ours");
    commit("more", "Ours\n");
    git("-C", "app", "merge", "--quiet", "-m", "Merge", "other");
    assertThat(statuses(run("scan", "git", "-f", "jsonl", "app")))
        .containsExactly("accepted", "accepted", "accepted");
  }

  @Test
  void namesTheLineOfABrokenBaseline() throws Exception {
    write(".stanch-baseline", "{\"type\":\"baseline\",\"schema\":\"9\"}\n");
    var run = run("scan", "dir", "app");
    assertThat(run.err()).startsWith("error: .stanch-baseline: line 1: a baseline of another");
    assertThat(run.status()).isEqualTo(2);
  }

  // ---- configuration

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "paths: [test/] | test/a.env | suppressed",
        "paths: ['**/*.env'] | test/a.env | suppressed",
        "paths: ['*.env'] | a/b/c.env | suppressed",
        "paths: [test/] | a.env | new",
        "rules: [huggingface-user-token] | a.env | suppressed",
        "rules: [other-rule] | a.env | new",
        "rules: [huggingface-user-token], paths: [test/] | a.env | new",
        "regexes: ['^hf_[A-Za-z]+$'] | a.env | suppressed",
        "regexes: ['^x'] | a.env | new",
        "stopwords: [HF_] | a.env | suppressed",
        "paths: ['*'], expires: 2026-02-28 | a.env | new",
        "paths: ['*'], expires: 2026-03-01 | a.env | suppressed",
      })
  void allowsWhatTheConfigurationAllows(String fields, String path, String status)
      throws Exception {
    write("stanch.yml", "allow:\n  - {reason: test data, owner: ann, " + fields + "}\n");
    write(path, LINE + "\n");
    var run = run("scan", "dir", "-f", "jsonl", "app");
    assertThat(statuses(run)).containsExactly(status);
    if (status.equals("suppressed")) {
      assertThat(finding(run).at("/places/0/suppression/source").asText())
          .isEqualTo("stanch.yml:2");
      assertThat(finding(run).at("/places/0/suppression/reason").asText())
          .isEqualTo("test data (ann)");
    }
  }

  @Test
  void switchesRulesOffForTheCallerAlone() throws Exception {
    write("stanch.yml", "disabled-rules: [huggingface-user-token]\nmin-confidence: 0.999\n");
    write("a.env", LINE + "\n");
    var tree = run("scan", "dir", "-f", "jsonl", "app");
    assertThat(statuses(tree)).containsExactly("new");
    assertThat(tree.err()).contains("count only with --config");
    assertThat(run("scan", "dir", "--config", "app/stanch.yml", "app").status()).isEqualTo(0);
  }

  @Test
  void letsRulesOfTheTreeFindButNotTakeOver() throws Exception {
    write(
        "stanch.yml",
        """
        rules:
          - id: acme-key
            name: Acme key
            provider: acme
            evidence: prefix
            pattern: '\\b(acme_[a-z0-9]{16})\\b'
            keywords: [acme_]
            severity: high
            impact: Whoever holds it can publish.
          - id: shadow
            name: Shadow
            provider: acme
            evidence: prefix
            confidence: 0.01
            pattern: '\\b(hf_[A-Za-z]{34})\\b'
            keywords: [hf_]
            severity: low
            impact: Nothing.
        """);
    write("a.env", LINE + "\n");
    write("b.env", new ExampleTemplate("x {{\"acme_\"}}{{lower+digit:16}}\n").expand(4));
    var run = run("scan", "dir", "-f", "jsonl", "app");
    assertThat(run.out())
        .contains("\"rule\":\"huggingface-user-token\"", "\"rule\":\"acme-key\"")
        .doesNotContain("\"rule\":\"shadow\"");
  }

  // ---- a change that brings settings of its own

  @Test
  void followsTheBaseAndNotTheChange() throws Exception {
    commit(
        "stanch.yml",
        "disabled-rules: [openai-api-key]\nallow: [{reason: ours, paths: [ours/]}]\n");
    git("-C", "app", "branch", "base");
    write(
        "stanch.yml",
        "disabled-rules: [huggingface-user-token]\nallow: [{reason: x, paths: ['*']}]\n");
    write("ours/a.env", LINE + "\n");
    commit("theirs.env", line(2) + "\n" + line(3) + " # stanch:allow: made up\n");
    git("-C", "app", "checkout", "--quiet", "base"); // whatever lies in the work tree
    write("stanch.yml", "allow: [{reason: lies about, paths: ['*']}]\n");

    var ours = run("scan", "git", "-f", "jsonl", "--range=base..main", "--base=base", "app");
    assertThat(statuses(ours)).containsExactlyInAnyOrder("suppressed", "new", "suppressed");
    assertThat(ours.out())
        .contains("\"source\":\"stanch.yml:2\",\"reason\":\"ours\"}")
        .contains("\"source\":\"stanch:allow\",\"reason\":\"made up\",\"withChange\":true}");
    for (String line : ours.out().lines().toList()) {
      if (line.startsWith("{\"type\":\"finding\"")) {
        new dev.stanch.cli.report.Schemas().valid("finding", line);
      }
    }
    assertThat(run("scan", "git", "--range=base..main", "--base=base", "app").out())
        .contains("suppressed by stanch:allow of the change itself: made up");
    var fork =
        run(
            "scan",
            "git",
            "-f",
            "jsonl",
            "--range=base..main",
            "--base=base",
            "--from-fork",
            "app");
    assertThat(statuses(fork)).containsExactlyInAnyOrder("suppressed", "new", "new");
    assertThat(run("scan", "git", "--base=base", "app").status()).isEqualTo(2);
    assertThat(run("scan", "git", "--range=base..main", "--from-fork", "app").status())
        .isEqualTo(2);
    assertThat(run("scan", "git", "--range=base..main", "--base=nowhere", "app").status())
        .isEqualTo(2);
  }

  // ---- what other scanners left behind

  @Test
  void readsTheIgnoreFileOfGitleaks() throws Exception {
    commit("src/a.env", "# settings\n" + LINE + "\n");
    write(".gitleaksignore", "# old\nsrc/a.env:generic-api-key:2\n");
    assertThat(run("scan", "dir", "app").status()).isEqualTo(0);
    String commit =
        finding(run("scan", "git", "-f", "jsonl", "--no-suppress", "app"))
            .at("/places/0/commit")
            .asText();
    write(".gitleaksignore", commit + ":src/a.env:any:2\n");
    assertThat(run("scan", "git", "app").status()).isEqualTo(0);
    write(".gitleaksignore", "0".repeat(40) + ":src/a.env:any:2\nsrc/a.env:any:3\n");
    assertThat(run("scan", "git", "app").status()).isEqualTo(1);
  }

  @Test
  void readsReportsAndBaselinesOfOthers() throws Exception {
    commit("src/a.env", LINE + "\n");
    String token = LINE.substring(LINE.indexOf('"') + 1, LINE.length() - 1);
    String sha1 =
        java.util.HexFormat.of()
            .formatHex(
                java.security.MessageDigest.getInstance("SHA-1")
                    .digest(token.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    Files.writeString(
        home.resolve("gitleaks.json"),
        "[{\"RuleID\":\"x\",\"File\":\"src/a.env\",\"StartLine\":7,\"Commit\":\"\",\"Secret\":\""
            + token
            + "\"}]");
    assertThat(run("scan", "git", "--baseline-path", "gitleaks.json", "app").status()).isEqualTo(0);
    Files.writeString(
        home.resolve("redacted.json"),
        "[{\"File\":\"src/a.env\",\"StartLine\":7,\"Commit\":\"\",\"Secret\":\"REDACTED\"}]");
    assertThat(run("scan", "git", "--baseline", "redacted.json", "app").status()).isEqualTo(1);
    write(
        ".secrets.baseline",
        "{\"version\":\"1.5.0\",\"results\":{\"src/a.env\":[{\"type\":\"x\",\"hashed_secret\":\""
            + sha1
            + "\",\"line_number\":1}]}}");
    assertThat(run("scan", "git", "app").status()).isEqualTo(0);
    assertThat(statuses(run("scan", "dir", "-f", "jsonl", "app"))).contains("accepted");
  }
}
