package dev.stanch.detectors.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.stanch.detectors.rule.BuiltInRules;
import dev.stanch.detectors.rule.RuleTables;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class BuiltInRulesTest {
  @TestFactory
  Stream<DynamicTest> everyRuleProvesItself() {
    var proof = new RuleProof(new Detector(RuleTables.builtIn()));
    return BuiltInRules.load().rules().stream()
        .map(
            authored ->
                dynamicTest(
                    authored.rule().id().value(),
                    () -> assertThat(proof.prove(authored)).isEmpty()));
  }
}
