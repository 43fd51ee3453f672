package dev.stanch.detectors.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.detectors.rule.ExampleTemplate;
import dev.stanch.detectors.rule.Rule;
import dev.stanch.detectors.rule.RuleLoader;
import dev.stanch.detectors.rule.RuleTables;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Rules outside the dialect ask for the same things beside their pattern as rules inside it.
class SearchConditionsTest {
  private static final String RULE =
      """
      provider: acme
      rules:
        - id: acme-key
          name: Acme
          impact: All
          severity: high
          keywords: [acme]
      """;

  private static RuleLoader load(String more) {
    var loader = new RuleLoader();
    loader.load("acme.yml", RULE + more.indent(4), Rule.Origin.USER);
    return loader;
  }

  private static List<Hit> hits(String more, String text) throws IOException {
    RuleLoader loader = load(more);
    assertThat(loader.problems()).isEmpty();
    Rule rule = loader.rules().getFirst().rule();
    assertThat(rule.search()).as("runs over whole texts").isNotNull();
    return new TextScanner(new Detector(RuleTables.of(List.of(rule))))
        .scan(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @CsvSource({
    "'my_Acme = VALUE', true",
    "'acme = .......... VALUE', false",
    "'acme\nVALUE', false",
    "'VALUE acme', true",
    "'VALUE ....... acme', false",
    "'VALUE', false"
  })
  void aValueStandsNearItsKeyword(String text, boolean found) throws IOException {
    String value = new ExampleTemplate("{{hex:40}}").expand(1);
    List<Hit> hits =
        hits(
            "evidence: context\npattern: '\\b([a-f0-9]{32,})\\b'\nnear: {after: 9, before: 45}\n",
            text.replace("VALUE", value));
    assertThat(hits).hasSize(found ? 1 : 0);
  }

  @Test
  void aValueMustParse() throws IOException {
    String rule = "evidence: structure\npattern: 'acme (ey\\S*)'\nparser: jwt\n";
    String token = new ExampleTemplate("{{jwt}}").expand(1);
    assertThat(hits(rule, "acme " + token))
        .singleElement()
        .satisfies(hit -> assertThat(hit.candidate().why()).contains("header and claims are JSON"));
    assertThat(hits(rule, "acme " + token.replace("ey", "ex"))).isEmpty();
    assertThat(hits(rule, "acme eyJub3QiOjF9.x")).isEmpty();
  }

  @Test
  void partsNeedTheDialect() {
    RuleLoader loader =
        load(
            """
            evidence: prefix
            pattern: '(acme.*)'
            parts: [{name: id, pattern: '(id[0-9])'}]
            """);
    assertThat(loader.problems())
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem.toString())
                    .startsWith("acme.yml:9: ")
                    .contains("bound its repetitions, or leave 'parts' out"));
  }
}
