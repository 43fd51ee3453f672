package dev.stanch.detectors.scan;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.detectors.model.RuleId;
import dev.stanch.detectors.rule.GitleaksConfiguration;
import dev.stanch.detectors.rule.Rule;
import dev.stanch.detectors.rule.RuleLoader;
import dev.stanch.detectors.rule.RuleTables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Rules added to tables that stand find what they find in tables made of all of them.
class AddedRulesTest {
  private static final long SEED = 20261126;

  /// Keywords that are new, that a built-in rule has, that begin or end like one; a rule that
  /// searches whole texts.
  private static final String RULES =
      """
      provider: acme
      rules:
        - id: acme-key
          name: Acme key
          impact: Opens all
          evidence: prefix
          severity: high
          pattern: '\\b(acme_[a-z0-9]{8})\\b'
          keywords: [acme_]
        - id: acme-hook
          name: Acme hook
          impact: Opens all
          evidence: prefix
          severity: high
          pattern: '\\b(hf_acme_[a-z0-9]{8})\\b'
          keywords: [hf_]
        - id: acme-near
          name: Acme word
          impact: Opens all
          evidence: context
          severity: high
          pattern: '\\b([a-f0-9]{32})\\b'
          keywords: [acme, token]
        - id: acme-free
          name: Acme text
          impact: Opens all
          evidence: prefix
          severity: high
          pattern: 'zeta .*?([0-9]{6,})'
          keywords: [zeta, secret]
      """;

  private final RuleTables builtIn = RuleTables.builtIn();
  private final List<Rule> added = rules();
  private final RuleTables beside = builtIn.with(added);
  private final RuleTables joint =
      RuleTables.of(Stream.concat(all(builtIn).stream(), added.stream()).toList());

  private static List<Rule> rules() {
    var loader = new RuleLoader();
    loader.load("acme.yml", RULES, Rule.Origin.USER);
    assertThat(loader.problems()).isEmpty();
    return loader.rules().stream().map(RuleLoader.Authored::rule).toList();
  }

  private static List<Rule> all(RuleTables tables) {
    return IntStream.range(0, tables.ruleCount()).mapToObj(tables::rule).toList();
  }

  @Test
  void findTheSameInAnyText() {
    var random = new Random(SEED);
    var one = new Detector(beside);
    var other = new Detector(joint);
    int found = 0;
    for (int i = 0; i < 300; i++) {
      byte[] text = text(random).getBytes(StandardCharsets.ISO_8859_1);
      List<String> seen = found(one, text);
      assertThat(seen).as("seed %d, text %d", SEED, i).isEqualTo(found(other, text));
      found += (int) seen.stream().filter(line -> line.startsWith("acme-")).count();
    }
    assertThat(found).as("tokens of the added rules").isGreaterThan(200);
  }

  private List<String> found(Detector detector, byte[] text) {
    var found = new ArrayList<String>();
    var session = detector.open();
    session.scan(
        text,
        0,
        text.length,
        (keyword, candidate) -> found.add(told(detector, keyword, candidate)));
    SearchSession search = detector.openSearch();
    if (search != null) {
      search.whole(
          text,
          text.length,
          new SearchSession.Out() {
            @Override
            public void found(int at, Candidate candidate) {
              found.add(told(detector, at, candidate));
            }

            @Override
            public void gaveUp(Rule rule) {
              found.add("gave up " + rule.id());
            }
          });
    }
    found.sort(null);
    return found;
  }

  private static String told(Detector detector, int at, Candidate candidate) {
    return Stream.of(
            detector.tables().rule(candidate.rule()).id(),
            at + candidate.offset(),
            candidate.length(),
            candidate.token().utf8(),
            candidate.provider(),
            candidate.confidence(),
            candidate.why(),
            candidate.parts(),
            candidate.via(),
            candidate.traits())
        .map(String::valueOf)
        .collect(joining(" "));
  }

  private String text(Random random) {
    var text = new StringBuilder();
    while (text.length() < 6000) {
      switch (random.nextInt(9)) {
        case 0 -> text.append("key = \"acme_").append(hex(random, 8)).append("\"\n");
        case 1 -> text.append(" hf_acme_").append(hex(random, 8)).append(" ");
        case 2 -> text.append("ACME_TOKEN=").append(hex(random, 32)).append("\n");
        case 3 -> text.append("zeta and ").append(random.nextInt(1_000_000_000)).append("\n");
        case 4 -> text.append("client_secret: '").append(hex(random, 32)).append("'\n");
        case 5 -> text.append(joint.keyword(random.nextInt(joint.keywordCount())));
        case 6 -> {
          String keyword = joint.keyword(random.nextInt(joint.keywordCount()));
          text.append(keyword, 0, random.nextInt(keyword.length() + 1));
        }
        case 7 -> text.append("password = ").append(hex(random, 12)).append("%41\n");
        default -> text.append((char) random.nextInt(256));
      }
    }
    return text.toString();
  }

  private static String hex(Random random, int length) {
    var text = new StringBuilder();
    while (text.length() < length) {
      text.append(Integer.toHexString(random.nextInt(16)));
    }
    return text.toString();
  }

  @Test
  void holdTheSame() {
    assertThat(all(beside)).isEqualTo(all(joint));
    assertThat(beside.searching()).isEqualTo(joint.searching()).hasSize(1);
    for (Rule rule : added) {
      assertThat(beside.holds(rule.id())).isTrue();
    }
    assertThat(beside.holds(builtIn.rule(7).id())).isTrue();
    assertThat(beside.holds(new RuleId("acme"))).isFalse();
    for (int keyword = 0; keyword < beside.keywordCount(); keyword++) {
      String text = beside.keyword(keyword);
      int same =
          IntStream.range(0, joint.keywordCount())
              .filter(k -> joint.keyword(k).equals(text))
              .findFirst()
              .orElseThrow();
      assertThat(beside.prefixLength(keyword)).as(text).isEqualTo(joint.prefixLength(same));
      assertThat(beside.probes(keyword))
          .as(text)
          .usingRecursiveFieldByFieldElementComparator()
          .containsExactlyInAnyOrderElementsOf(joint.probes(same));
    }
    assertThat(beside.keywordCount()).isEqualTo(joint.keywordCount());
  }

  @Test
  void ofTheScannedTreeRuleOutNoValue() {
    String rules = RULES.replace("acme_[a-z0-9]{8}", "acme_[a-z0-9]{99}");
    var random = new Random(SEED);
    byte[] text = ("db_password = acme_" + hex(random, 20)).getBytes(StandardCharsets.US_ASCII);
    for (Rule.Origin origin : List.of(Rule.Origin.SCANNED_TREE, Rule.Origin.USER)) {
      var loader = new RuleLoader();
      loader.load("acme.yml", rules, origin);
      Rule first = loader.rules().getFirst().rule();
      assertThat(found(new Detector(builtIn.with(List.of(first))), text))
          .hasSize(origin == Rule.Origin.USER ? 0 : 1);
    }
  }

  @Test
  void haveADigestThatTellsThemApart() throws IOException {
    var searching =
        GitleaksConfiguration.read(
            "a.toml",
            "[[rules]]\nid = \"a\"\nregex = \"a+\"\npath = \"b\"\n",
            Rule.Origin.USER,
            (path, _) -> {
              throw new IOException(path);
            });
    var elsewhere = new ArrayList<Rule>();
    searching.rules().forEach(one -> elsewhere.add(one.rule()));
    assertThat(
            Stream.of(builtIn, beside, builtIn.with(added.subList(0, 1)), builtIn.with(elsewhere))
                .map(RuleTables::digest))
        .doesNotHaveDuplicates();
    assertThat(beside.digest()).isEqualTo(RuleTables.builtIn().with(rules()).digest());
  }
}
