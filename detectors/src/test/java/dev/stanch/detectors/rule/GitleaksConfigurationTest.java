package dev.stanch.detectors.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitleaksConfigurationTest {
  private static GitleaksConfiguration read(String toml, Map<String, String> others) {
    return GitleaksConfiguration.read(
        "g.toml",
        toml,
        Rule.Origin.USER,
        (path, _) -> {
          if (!others.containsKey(path)) {
            throw new IOException("there is no such file");
          }
          return others.get(path);
        });
  }

  private static GitleaksConfiguration read(String toml) {
    return read(toml, Map.of());
  }

  @Test
  void namesEveryProblemWithItsLine() {
    var read =
        read(
            """
            title = "x"

            [[rules]]
            id = "look-behind"
            description = '''
            [[rules]]
            regex = "not a key"
            '''
            regex = '''(?<=a)b'''

            [[rules]]
            id = "groups"
            regex = '''a(b)'''
            secretGroup = 2

            [[rules]]
            regex = "x"

            [[rules]]
            id = "empty"

            [[rules]]
            id = "needs"
            regex = "abc"
              [[rules.required]]
              id = "nobody"
              [[rules.allowlists]]
              condition = "XOR"
              regexes = ["a", "(b"]

            [[rules]]
            id = "sound"
            regex = "abc"

            [allowlist]
            description = "nothing"

            [extend]
            path = "gone.toml"
            """);
    assertThat(read.problems())
        .extracting(RuleProblem::toString)
        .containsExactlyInAnyOrder(
            "g.toml:9: look-around is not supported: (?<=a)b",
            "g.toml:14: secretGroup 2, but the regex has 1 groups",
            "g.toml:16: a rule without an 'id'",
            "g.toml:19: rule 'empty' has neither 'regex' nor 'path'",
            "g.toml:28: condition 'XOR' is neither AND nor OR",
            "g.toml:29: missing closing ): (b",
            "g.toml:35: an allowlist that names nothing would allow everything",
            "g.toml:39: cannot extend gone.toml: there is no such file");
    assertThat(read.rules()).extracting(one -> one.rule().id().value()).containsExactly("sound");
  }

  @Test
  void saysWhereItIsNoToml() {
    assertThat(read("[[rules]]\nid = \"a\"\nregex = \"\\q\"\n").problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.line()).isEqualTo(3));
  }

  @Test
  void changesAndAddsToWhatItExtends() {
    var read =
        read(
            """
            [extend]
            path = "base.toml"
            disabledRules = ["dropped", "theirs"]
            [[rules]]
            id = "kept"
            entropy = 3.5
            keywords = ["two"]
            [[rules.allowlists]]
            stopwords = ["b"]
            """,
            Map.of(
                "base.toml",
                """
                [extend]
                useDefault = true
                [[rules]]
                id = "kept"
                regex = "k(.+)"
                entropy = 1.0
                keywords = ["one"]
                [[rules.allowlists]]
                stopwords = ["a"]
                [[rules]]
                id = "dropped"
                regex = "d"
                """));
    assertThat(read.problems()).isEmpty();
    assertThat(read.useDefault()).isTrue();
    assertThat(read.disabledRules()).containsExactly("theirs");
    Rule rule = read.rules().getFirst().rule();
    assertThat(read.rules()).hasSize(1);
    assertThat(rule.pattern()).isEqualTo("k(.+)");
    assertThat(rule.entropy()).isEqualTo(3.5);
    assertThat(rule.keywords()).containsExactly("one", "two");
    assertThat(rule.search().exemptions()).hasSize(2);
  }

  @Test
  void endsWhereFilesExtendEachOther() {
    var read =
        read("[extend]\npath = \"g.toml\"\n", Map.of("g.toml", "[extend]\npath = \"g.toml\"\n"));
    assertThat(read.problems()).singleElement().asString().contains("extends too deeply");
  }

  @Test
  void letsARuleWithoutPatternSpeakForTheDefaultOne() {
    var read =
        read(
            """
            [extend]
            useDefault = true
            [[rules]]
            id = "generic-secret"
            [[rules.allowlists]]
            paths = ["docs/"]
            """);
    assertThat(read.rules()).isEmpty();
    assertThat(read.exemptions())
        .singleElement()
        .satisfies(one -> assertThat(one.rules()).containsExactly("generic-secret"));
  }

  @Test
  void tellsWhatItCosts() {
    var read =
        read(
            """
            [[rules]]
            id = "slow"
            regex = "[a-z]+"
            [[rules]]
            id = "named"
            regex = "acme[a-z]+"
            keywords = ["acme"]
            [[rules]]
            id = "file"
            path = "[.]p12$"
            severity = "x"
            """);
    assertThat(read.notices())
        .extracting(RuleProblem::message)
        .anyMatch(text -> text.contains("2 rules search") && text.contains("(slow)"))
        .anyMatch(text -> text.contains("paths alone (file)"))
        .anyMatch(text -> text.contains("unknown field 'severity'"));
    assertThat(read.rules().getLast().rule().pathOnly()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?P<a>[[:alnum:]]{4})\\z",
        "\\A(?i:x)\\Q.\\E",
        "(?U)a+",
        "\\pL[^\\S\\r\\n]",
        "\\x{41}a{,5}",
        "[\\w.-]{0,50}?"
      })
  void takesGoSyntax(String regex) throws Exception {
    assertThat(LinearPattern.compile(regex, Rule.Origin.USER).pattern()).isEqualTo(regex);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(((a{1000}){1000}){1000}){1000}",
        "(?:(?:.{0,900}){0,900}){5,}",
        "(a)\\1",
        "(?=a)",
        "a{1001}",
        "(",
        "[[a{1000}b]{1000}]{1000}c{1000}d{1000}e{1000}f{1000}g{1000}h{1000}i{1000}j{1000}k{1000}l{1000}m{1000}n{1000}o{1000}p{1000}q{1000}r{1000}s{1000}t{1000}u{1000}v{1000}w{1000}"
      })
  void refusesWhatWouldNotRun(String regex) {
    org.assertj.core.api.Assertions.assertThatExceptionOfType(LinearPattern.UnusableException.class)
        .isThrownBy(() -> LinearPattern.compile(regex, Rule.Origin.USER));
  }
}
