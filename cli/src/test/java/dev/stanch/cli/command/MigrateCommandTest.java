package dev.stanch.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.cli.CommandRun;
import dev.stanch.detectors.rule.ExampleTemplate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrateCommandTest {
  @TempDir private Path folder;

  private CommandRun run(String... args) {
    return CommandRun.in(folder).run(args);
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private String read(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  @Test
  void hasNothingToDoWhereThereIsNothing() {
    var run = run("migrate");
    assertThat(run.status()).isZero();
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("warning: nothing of gitleaks, trufflehog or detect-secrets");
  }

  @Test
  void movesAConfigurationOfGitleaks() throws IOException {
    write(
        ".gitleaks.toml",
        """
        [extend]
        useDefault = true
        [[rules]]
        id = "acme"
        description = "Acme's key"
        regex = '''acme-([a-z]+)-([0-9]{8,})'''
        secretGroup = 2
        keywords = ["acme-"]
        [[rules.allowlists]]
        stopwords = ["777"]
        [[allowlists]]
        description = "fixtures"
        condition = "AND"
        paths = ['''(^|/)fixtures/''']
        regexes = ["^4"]
        """);
    write("a.txt", "acme-x-12345678\nacme-x-17777678\n");
    write("fixtures/b.txt", "acme-x-42345678\nacme-x-52345678\n");
    var before = run("scan", "dir", "--format", "jsonl", "--config", ".gitleaks.toml", ".");
    var dry = run("migrate");
    assertThat(dry.status()).isEqualTo(1);
    assertThat(dry.out())
        .contains("--- a/.gitleaks.toml\n+++ /dev/null", "+++ b/stanch.yml", "+  - id: acme");
    assertThat(folder.resolve("stanch.yml")).doesNotExist();

    assertThat(run("migrate", "--write").status()).isZero();
    assertThat(folder.resolve(".gitleaks.toml")).doesNotExist();
    assertThat(run("rules", "check", "stanch.yml").status()).isZero();
    var after = run("scan", "dir", "--format", "jsonl", "--config", "stanch.yml", ".");
    assertThat(after.status()).isEqualTo(1);
    assertThat(counting(after)).isEqualTo(counting(before)).hasSize(2);
    assertThat(run("migrate").status()).isZero();
  }

  /// The redacted tokens and places of what counts.
  private static java.util.List<String> counting(CommandRun run) {
    return run.out()
        .lines()
        .filter(line -> line.contains("\"status\":\"new\""))
        .map(line -> line.replaceAll(".*\"token\":\"([^\"]+)\".*", "$1"))
        .sorted()
        .toList();
  }

  @Test
  void keepsAConfigurationThatSaysMoreThanOursCan() throws IOException {
    String toml =
        """
        [[rules]]
        id = "file"
        path = "[.]p12$"
        [[rules]]
        id = "plain"
        regex = "plain-([0-9]+)"
        """;
    write(".gitleaks.toml", toml);
    var run = run("migrate", "--write");
    assertThat(run.out())
        .contains("changed: .gitleaks.toml stays", "rule 'file' looks at paths alone")
        .contains("runs without the default rules");
    assertThat(read(".gitleaks.toml")).isEqualTo(toml);
    assertThat(folder.resolve("stanch.yml")).doesNotExist();
  }

  @Test
  void addsToWhatStanchYmlSays() throws IOException {
    write("stanch.yml", "allow:\n  - reason: mine\n    paths: ['x/']\nmin-confidence: 0.6\n");
    write("excl.txt", "# none\nvendor/.*\n");
    write(
        ".gitlab-ci.yml",
        """
        scan:
          script:
            - trufflehog filesystem src --exclude-paths excl.txt --archive-timeout 5s
        """);
    var run = run("migrate", "--write");
    assertThat(read("stanch.yml"))
        .contains("reason: mine", "path-regexes: ['vendor/.*']", "min-confidence: 0.6")
        .containsOnlyOnce("allow:");
    assertThat(read(".gitlab-ci.yml")).contains("    - stanch scan dir src\n");
    assertThat(run.out())
        .contains("not carried over: .gitlab-ci.yml:3: --archive-timeout 5s")
        .contains("changed: .gitlab-ci.yml:3: stanch scan dir src");
    assertThat(folder.resolve("excl.txt")).doesNotExist();
  }

  @Test
  void putsOurHookInTheirPlace() throws IOException {
    write(
        ".pre-commit-config.yaml",
        """
        repos:
          - repo: https://github.com/pre-commit/pre-commit-hooks
            rev: v4
            hooks:
              - id: trailing-whitespace
          - repo: https://github.com/gitleaks/gitleaks
            rev: v8
            hooks:
              - id: gitleaks
          - repo: https://github.com/Yelp/detect-secrets
            rev: v1
            hooks:
              - id: detect-secrets
                args: ['--disable-plugin', 'KeywordDetector']
          - repo: local
            hooks:
              - id: mine
                entry: trufflehog git file://. --since-commit HEAD
        """);
    var run = run("migrate", "--write");
    assertThat(read(".pre-commit-config.yaml"))
        .contains("trailing-whitespace", "id: mine")
        .containsOnlyOnce("entry: stanch scan git --staged")
        .doesNotContain("gitleaks", "Yelp");
    assertThat(run.out())
        .contains("not carried over: .pre-commit-config.yaml: --disable-plugin KeywordDetector")
        .contains("a local hook; change its entry");
  }

  @Test
  void acceptsWhatWasAcceptedElsewhere() throws Exception {
    String line = new ExampleTemplate("HF_TOKEN={{\"hf_\"}}{{alpha:34}}").expand(3);
    String other = new ExampleTemplate("HF_TOKEN={{\"hf_\"}}{{alpha:34}}").expand(4);
    write("a.env", line + "\n");
    write("b.env", "\n" + other + "\n");
    write(".gitleaksignore", "b.env:some-rule:2\n");
    String sha1 =
        HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("SHA-1")
                    .digest(line.substring(9).getBytes(StandardCharsets.UTF_8)));
    write(
        ".secrets.baseline",
        "{\"filters_used\": [{\"path\": \"detect_secrets.filters.regex.should_exclude_file\","
            + " \"pattern\": [\"[.]lock$\"]}], \"results\": {\"a.env\": [{\"hashed_secret\": \""
            + sha1
            + "\"}]}}");
    assertThat(run("scan", "dir", "--no-suppress", ".").status()).isEqualTo(1);
    var run = run("migrate", "--write");
    assertThat(run.out())
        .contains(".gitleaksignore: 1 accepted", ".secrets.baseline: 1 accepted")
        .doesNotContain(line.substring(9), other.substring(9));
    Files.delete(folder.resolve(".gitleaksignore"));
    Files.delete(folder.resolve(".secrets.baseline"));
    assertThat(read("stanch.yml")).contains("path-regexes: ['[.]lock$']");
    assertThat(run("scan", "dir", ".").status()).isZero();
  }

  @Test
  void movesDetectorsOfTrufflehog() throws IOException {
    write(
        "th.yml",
        """
        detectors:
          - name: Acme Token
            keywords: [acme]
            regex:
              token: acme_([a-z]{12,})
            exclude_words: [sample]
            verify:
              - endpoint: http://localhost/
          - name: two
            regex:
              a: x
              b: y
        """);
    write(".travis.yml", "script:\n  - trufflehog git file://. --config th.yml\n");
    var run = run("migrate", "--write");
    assertThat(read("stanch.yml"))
        .contains("id: acme-token", "pattern: 'acme_([a-z]{12,})'", "stopwords: ['sample']");
    assertThat(run.out())
        .contains("detector 'Acme Token': 'verify'", "detector 'two': not with exactly one regex");
    assertThat(run("rules", "check", "stanch.yml").status()).isZero();
  }

  @Test
  void refusesWhatIsNoFolder() {
    var run = run("migrate", "nowhere");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).isEqualTo("error: no such folder: nowhere\nhint: check the path\n");
  }
}
