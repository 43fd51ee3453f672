package dev.stanch.revokers.provider.plain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.detectors.model.Part;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.model.TokenKey;
import dev.stanch.detectors.rule.BuiltInRules;
import dev.stanch.detectors.rule.ExampleTemplate;
import dev.stanch.detectors.rule.RuleLoader.Authored;
import dev.stanch.detectors.rule.RuleTables;
import dev.stanch.detectors.scan.Detector;
import dev.stanch.detectors.scan.ScanResult;
import dev.stanch.detectors.scan.Scanner;
import dev.stanch.detectors.source.SourceException;
import dev.stanch.detectors.source.stream.StreamSource;
import dev.stanch.revokers.provider.plain.DescriptorReader.Unconfirmed;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What a descriptor takes from the finding, some rule must find: a part that no rule gives leaves
/// every token of that kind unknown, without a word.
final class PartsOfFindingsTest {
  private static final String PART = "part:";

  private final List<Authored> rules = BuiltInRules.load().rules();
  private final Scanner scanner =
      new Scanner(new Detector(RuleTables.builtIn()), new TokenKey(new byte[TokenKey.LENGTH]), 1);

  @TestFactory
  Stream<DynamicTest> rulesFindThePartsThatDescriptorsName() {
    return new PlainProviders()
        .ids().stream()
            .map(ProviderId::value)
            .map(id -> PlainProviders.read(id, Unconfirmed.TAKEN))
            .flatMap(
                descriptor ->
                    descriptor.kinds().stream()
                        .filter(kind -> !named(descriptor, kind).isEmpty())
                        .map(
                            kind ->
                                DynamicTest.dynamicTest(
                                    descriptor.id() + ", " + kind.name(),
                                    () -> check(descriptor, kind))));
  }

  /// One example of one rule holds all of them: parts that never stand together are of no use.
  private void check(Descriptor descriptor, Descriptor.Kind kind) throws Exception {
    var given = new LinkedHashSet<Set<String>>();
    for (Authored authored : rules) {
      if (authored.rule().provider().value().equals(descriptor.id())
          && kindOf(descriptor, authored).equals(kind.name())) {
        for (ExampleTemplate example : authored.match()) {
          given.add(parts(authored, example));
        }
      }
    }
    Set<String> named = named(descriptor, kind);
    assertThat(given)
        .as("parts that the examples of its rules give; %s are named", named)
        .anyMatch(parts -> parts.containsAll(named));
  }

  /// The first kind that takes the rule's tokens, as when a finding is looked at; empty for none.
  private static String kindOf(Descriptor descriptor, Authored authored) {
    for (Descriptor.Kind kind : descriptor.kinds()) {
      boolean all = kind.rules().isEmpty() && kind.prefixes().isEmpty();
      if (all
          || kind.rules().contains(authored.rule().id().value())
          || kind.prefixes().stream().anyMatch(authored.rule().pattern()::contains)) {
        return kind.name();
      }
    }
    return "";
  }

  private Set<String> parts(Authored authored, ExampleTemplate example)
      throws SourceException, InterruptedException {
    byte[] text = example.expand(7919).getBytes(StandardCharsets.UTF_8);
    try (ScanResult result =
        scanner.scan(new StreamSource("example", new ByteArrayInputStream(text)))) {
      return result.findings().stream()
          .filter(held -> held.finding().rule().equals(authored.rule().id()))
          .flatMap(held -> held.finding().parts().stream())
          .map(Part::name)
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /// The parts that the calls about a token take, and the hosts that they go to.
  private static Set<String> named(Descriptor descriptor, Descriptor.Kind kind) {
    var calls = Stream.<Call>builder();
    kind.probes().forEach(probe -> calls.add(probe.call()));
    kind.find().forEach(step -> calls.add(step.call()));
    kind.actions().values().forEach(action -> calls.add(action.call()));
    var names = new TreeSet<String>();
    calls
        .build()
        .forEach(
            call -> {
              names.addAll(call.names());
              descriptor.base(call.base()).urls().forEach(url -> names.addAll(url.names()));
            });
    for (Descriptor.Step step : kind.find()) {
      step.match().equal().values().forEach(equal -> names.addAll(equal.names()));
    }
    return names.stream()
        .filter(name -> name.startsWith(PART))
        .map(name -> name.substring(PART.length()))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
