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

/// Rules and configurations that were written for another scanner, or outside our dialect.
class ImportedRulesTest {
  private static final String LEAK =
      new ExampleTemplate("HF_TOKEN=\"{{\"hf_\"}}{{alpha:34}}\"").expand(1);

  private static final String TOML =
      """
      [[rules]]
      id = "acme"
      description = "Acme"
      regex = '''acme-(?P<id>[a-z]+)-([0-9]{4,})'''
      secretGroup = 2
      keywords = ["acme-"]

      [[rules]]
      id = "key-file"
      path = '''[.]p99$'''

      [[rules]]
      id = "production"
      regex = "prod=([a-z]+)"
      path = "^live/"
      """;

  @TempDir private Path home;

  @BeforeEach
  void makeRepository() throws Exception {
    git("init", "--quiet", "--initial-branch=main", "app");
  }

  private void git(String... args) throws IOException, InterruptedException {
    var command = new ArrayList<String>(List.of("git"));
    command.addAll(List.of(args));
    var builder = new ProcessBuilder(command).directory(home.toFile()).inheritIO();
    var environment = builder.environment();
    environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
    environment.put("GIT_CONFIG_SYSTEM", "/dev/null");
    for (String who : List.of("AUTHOR", "COMMITTER")) {
      environment.put("GIT_" + who + "_NAME", "Ann");
      environment.put("GIT_" + who + "_EMAIL", "ann@example.org");
    }
    assertThat(builder.start().waitFor()).as(String.join(" ", args)).isZero();
  }

  private void write(String path, String text) throws IOException {
    Path file = home.resolve("app").resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void commit() throws Exception {
    git("-C", "app", "add", ".");
    git("-C", "app", "commit", "--quiet", "-m", "Change");
  }

  private CommandRun run(String... args) {
    return CommandRun.in(home).run(args);
  }

  /// Rule, path, line and status of each place.
  private static List<String> places(CommandRun run) throws IOException {
    var places = new ArrayList<String>();
    for (String line : run.out().lines().toList()) {
      JsonNode finding = new ObjectMapper().readTree(line);
      for (JsonNode place : finding.path("places")) {
        places.add(
            finding.path("rule").asText()
                + " "
                + place.path("path").asText()
                + ":"
                + place.path("line").asInt()
                + (place.has("suppression") ? " suppressed" : ""));
      }
    }
    return places.stream().sorted().toList();
  }

  private void fill() throws IOException {
    write("a.txt", "one\nacme-x-1234567\n" + LEAK + "\n");
    write("live/b.txt", "prod=secretive\n");
    write("test/b.txt", "prod=secretivetoo\n");
    write("keys/id.p99", "x\n");
  }

  @Test
  void findsTheSameInEverySource() throws Exception {
    fill();
    write("other.txt", "first\n");
    write("own.toml", TOML);
    git("-C", "app", "add", "other.txt");
    git("-C", "app", "commit", "--quiet", "-m", "First");
    git("-C", "app", "add", "a.txt", "live", "test", "keys");
    List<String> expected =
        List.of("acme a.txt:2", "key-file keys/id.p99:1", "production live/b.txt:1");
    String[] named = {"-c", "app/own.toml", "-f", "jsonl", "app"};
    assertThat(places(run(join("scan git --staged", named)))).isEqualTo(expected);
    git("-C", "app", "commit", "--quiet", "-m", "Second");
    write("a.txt", "zero\none\nacme-x-1234567\n" + LEAK + "\n");
    commit();
    assertThat(places(run(join("scan git", named)))).isEqualTo(expected);
    assertThat(places(run(join("scan git --range HEAD~2..HEAD~1", named)))).isEqualTo(expected);
    assertThat(places(run(join("scan dir", named))))
        .containsExactly("acme a.txt:3", "key-file keys/id.p99:1", "production live/b.txt:1");
  }

  private static String[] join(String words, String... more) {
    var all = new ArrayList<String>(List.of(words.split(" ")));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  @Test
  void runsItsRulesAloneWhereItDoesNotExtendTheDefaultOnes() throws Exception {
    fill();
    write("own.toml", TOML);
    var alone = run("scan", "dir", "-c", "app/own.toml", "-f", "jsonl", "app");
    assertThat(places(alone)).noneMatch(place -> place.startsWith("huggingface"));
    assertThat(alone.err())
        .contains("own.toml: does not extend the default rules, so its 3 alone run")
        .contains("rules search", "production", "rules of paths alone (key-file)");
    write("own.toml", "[extend]\nuseDefault = true\ndisabledRules = [\"nobody\"]\n" + TOML);
    var both = run("scan", "dir", "-c", "app/own.toml", "-f", "jsonl", "app");
    assertThat(places(both)).contains("huggingface-user-token a.txt:3");
    assertThat(both.err())
        .contains("the built-in rules stand in for the default ones of gitleaks")
        .contains("no built-in rule is called 'nobody'");
    write(
        "own.toml", "[extend]\nuseDefault = true\ndisabledRules = [\"huggingface-user-token\"]\n");
    assertThat(places(run("scan", "dir", "-c", "app/own.toml", "-f", "jsonl", "app")))
        .noneMatch(place -> place.startsWith("huggingface"));
  }

  @Test
  void letsTheTreeAddButNeverSwitchOff() throws Exception {
    fill();
    write(
        ".gitleaks.toml",
        "[extend]\ndisabledRules = [\"huggingface-user-token\"]\n"
            + TOML
            + "[[rules]]\nid = \"huggingface-user-token\"\nregex = \"zzz\"\n");
    var run = run("scan", "dir", "-f", "jsonl", "app");
    assertThat(places(run))
        .contains("huggingface-user-token a.txt:3", "acme a.txt:2", "key-file keys/id.p99:1");
    assertThat(run.err()).contains("disabledRules counts only with --config");
    commit();
    assertThat(places(run("scan", "git", "-f", "jsonl", "app"))).isEqualTo(places(run));
  }

  @Test
  void leavesOutARuleOfTheTreeThatCannotRun() throws Exception {
    fill();
    write(".gitleaks.toml", TOML + "[[rules]]\nid = \"bad\"\nregex = \"(?=x)\"\n");
    var run = run("scan", "dir", "-f", "jsonl", "app");
    assertThat(places(run)).contains("acme a.txt:2");
    assertThat(run.err())
        .contains("warning: .gitleaks.toml:18: look-around is not supported: (?=", "left out");
  }

  @Test
  void readsNothingOutsideTheTreeForTheTree() throws Exception {
    fill();
    Files.writeString(home.resolve("outside.toml"), TOML);
    write(".gitleaks.toml", "[extend]\npath = \"../outside.toml\"\n");
    var run = run("scan", "dir", "-f", "jsonl", "app");
    assertThat(run.err()).contains("cannot extend ../outside.toml: it lies outside");
    assertThat(places(run)).containsExactly("huggingface-user-token a.txt:3");
    write("inside.toml", TOML);
    write(".gitleaks.toml", "[extend]\npath = \"inside.toml\"\n");
    assertThat(places(run("scan", "dir", "-f", "jsonl", "app"))).contains("acme a.txt:2");
  }

  @Test
  void namesEveryMistakeOfANamedFile() throws Exception {
    fill();
    write(
        "own.toml",
        "[[rules]]\nid = \"a\"\nregex = \"(?=x)\"\n[[rules]]\nid = \"b\"\nregex = \"x{2000}\"\n");
    var run = run("scan", "dir", "-c", "app/own.toml", "app");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("error: app/own.toml:3: ", "error: app/own.toml:6: ");
    var check = run("rules", "check", "app/own.toml");
    assertThat(check.status()).isEqualTo(1);
    assertThat(check.out()).contains("app/own.toml:3: ", "app/own.toml:6: ");
    assertThat(run("scan", "dir", "-c", "none.toml", "app").err())
        .isEqualTo("error: no such file: none.toml\nhint: check the path\n");
  }

  @Test
  void followsTheVariablesOfGitleaks() throws Exception {
    fill();
    write("own.toml", TOML);
    write(".gitleaks.toml", "[[rules]]\nid = \"tree\"\nregex = \"one\"\n");
    var file =
        CommandRun.in(home)
            .with("GITLEAKS_CONFIG", "app/own.toml")
            .run("scan", "dir", "-f", "jsonl", "app");
    assertThat(places(file)).contains("acme a.txt:2").noneMatch(one -> one.startsWith("tree"));
    assertThat(file.err()).contains("following app/own.toml, which GITLEAKS_CONFIG names");
    var text =
        CommandRun.in(home)
            .with("GITLEAKS_CONFIG_TOML", TOML)
            .run("scan", "dir", "-f", "jsonl", "app");
    assertThat(places(text)).contains("acme a.txt:2");
    write("none.toml", "[allowlist]\npaths = [\"zzz\"]\n");
    var option =
        CommandRun.in(home)
            .with("GITLEAKS_CONFIG", "app/own.toml")
            .run("scan", "dir", "-c", "app/none.toml", "-f", "jsonl", "app");
    assertThat(places(option)).containsExactly("huggingface-user-token a.txt:3");
  }

  @Test
  void listsWhatAGlobalAllowlistSuppresses() throws Exception {
    write("a.txt", "one\n" + LEAK + " # fixture\n");
    commit();
    String id =
        new String(
                new ProcessBuilder("git", "-C", "app", "rev-parse", "HEAD")
                    .directory(home.toFile())
                    .start()
                    .getInputStream()
                    .readAllBytes(),
                java.nio.charset.StandardCharsets.US_ASCII)
            .strip();
    for (String list :
        List.of(
            "paths = [\"^a[.]\"]",
            "stopwords = [\"HF_\"]",
            "regexTarget = \"line\"\nregexes = [\"# fixture$\"]",
            "targetRules = [\"huggingface-user-token\"]\nregexes = [\"^hf_\"]",
            "condition = \"AND\"\npaths = [\"a\"]\nregexes = [\"^hf_\"]",
            "commits = [\"" + id + "\"]")) {
      write(".gitleaks.toml", "[[allowlists]]\n" + list + "\n");
      assertThat(places(run("scan", "git", "-f", "jsonl", "app")))
          .as(list)
          .containsExactly("huggingface-user-token a.txt:2 suppressed");
      assertThat(run("scan", "git", "--no-suppress", "app").status()).isEqualTo(1);
    }
    for (String list :
        List.of(
            "paths = [\"^b\"]",
            "targetRules = [\"other\"]\nregexes = [\"^hf_\"]",
            "condition = \"AND\"\npaths = [\"b\"]\nregexes = [\"^hf_\"]",
            "regexes = [\"# fixture$\"]",
            "commits = [\"" + id.replace(id.charAt(0), 'x') + "\"]")) {
      write(".gitleaks.toml", "[[allowlists]]\n" + list + "\n");
      assertThat(places(run("scan", "git", "-f", "jsonl", "app")))
          .as(list)
          .containsExactly("huggingface-user-token a.txt:2");
    }
  }

  @Test
  void runsAUsersRuleOutsideTheDialectAndSaysWhatItCosts() throws Exception {
    fill();
    Files.writeString(
        home.resolve("my.yml"),
        """
        provider: acme
        rules:
          - id: acme-long
            name: Acme key
            evidence: prefix
            pattern: 'acme-\\w+-(\\d+)'
            keywords: [acme-]
            severity: high
            impact: All of it.
            match: ['acme-{{lower:3}}-{{digit:9}}']
            ignore: ['acme-{{lower:3}}']
          - id: acme-bare
            name: Acme key
            evidence: prefix
            pattern: '^on(e)$'
            severity: high
            impact: All of it.
        """);
    var run = run("scan", "dir", "--rules", "my.yml", "-f", "jsonl", "app");
    assertThat(places(run)).contains("acme-long a.txt:2", "huggingface-user-token a.txt:3");
    assertThat(run.err())
        .contains("my.yml:6: rule 'acme-long' searches every whole text that holds a keyword")
        .contains("my.yml:15: rule 'acme-bare' searches every text whole")
        .contains("steps a byte");
    assertThat(run("rules", "check", "my.yml").out()).contains("2 rules checked, no problem");
    assertThat(run("rules", "show", "--rules", "my.yml", "acme-long").out())
        .contains("runs", "over whole texts");
    write("own.toml", TOML);
    assertThat(run("rules", "list", "--rules", "app/own.toml").out()).contains("key-file");
  }
}
