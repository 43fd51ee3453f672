package dev.stanch.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stanch.cli.CommandRun;
import dev.stanch.detectors.rule.RuleTables;
import dev.stanch.fixtures.Golden;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RulesDocTest {
  @Test
  void listsRulesAsItsSchemaSays() throws IOException {
    var tables = RuleTables.builtIn();
    var out = new StringWriter();
    new RuleCatalogue(IntStream.range(0, tables.ruleCount()).mapToObj(tables::rule).toList())
        .write(RuleCatalogue.Format.JSONL, out);
    var schemas = new Schemas();
    out.toString().lines().forEach(line -> schemas.valid("rule", line));
    var list = CommandRun.of("rules", "list", "--provider", "huggingface", "--format", "json");
    JsonNode rules = new ObjectMapper().readTree(list.out());
    assertThat(rules).isNotEmpty();
    rules.forEach(rule -> schemas.valid("rule", rule.toString()));
  }

  @Test
  void holdsTheRulesThatAreBuiltIn() throws IOException {
    var tables = RuleTables.builtIn();
    var out = new StringWriter();
    new RuleCatalogue(IntStream.range(0, tables.ruleCount()).mapToObj(tables::rule).toList())
        .write(RuleCatalogue.Format.MD, out);
    Golden.checkFile(Path.of("../docs/RULES.md"), out.toString());
  }
}
