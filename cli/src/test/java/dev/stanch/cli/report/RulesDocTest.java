package dev.stanch.cli.report;

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
