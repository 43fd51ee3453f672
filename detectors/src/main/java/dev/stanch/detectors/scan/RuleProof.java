package dev.stanch.detectors.scan;

import dev.stanch.detectors.rule.ExampleTemplate;
import dev.stanch.detectors.rule.RuleLoader;
import dev.stanch.detectors.rule.RuleProblem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Holds rules to their own examples: each `match` gives exactly one finding of its rule, each
/// `ignore` none.
public final class RuleProof {
  /// Each example is expanded this many times: a pattern that fits by luck shows.
  private static final int EXPANSIONS = 3;

  private final Detector detector;
  private final TextScanner scanner;

  /// A proof under `detector`, which runs the rules to be proven among all others.
  public RuleProof(Detector detector) {
    this.detector = detector;
    this.scanner = new TextScanner(detector);
  }

  /// The problems of one rule; none when every example holds.
  public List<RuleProblem> prove(RuleLoader.Authored authored) {
    var problems = new ArrayList<RuleProblem>();
    for (ExampleTemplate example : authored.match()) {
      check(authored, example, 1, problems);
    }
    for (ExampleTemplate example : authored.ignore()) {
      check(authored, example, 0, problems);
    }
    return problems;
  }

  private void check(
      RuleLoader.Authored authored,
      ExampleTemplate example,
      int expected,
      List<RuleProblem> problems) {
    String id = authored.rule().id().value();
    for (int seed = 1; seed <= EXPANSIONS; seed++) {
      List<String> found;
      try {
        found = scan(example.expand(seed * 7919L));
      } catch (RuntimeException e) {
        problems.add(
            new RuleProblem(
                authored.file(),
                authored.line(),
                id + ": example '" + example.text() + "': " + e.getMessage()));
        return;
      }
      long own = found.stream().filter(id::equals).count();
      if (own != expected) {
        String verb = expected == 1 ? "match" : "ignore";
        problems.add(
            new RuleProblem(
                authored.file(),
                authored.line(),
                id
                    + ": "
                    + verb
                    + " example '"
                    + example.text()
                    + "' gives "
                    + (found.isEmpty() ? "nothing" : found)));
        return;
      }
    }
  }

  private List<String> scan(String text) {
    try {
      return scanner
          .scan(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), (_, _) -> {})
          .stream()
          .filter(hit -> hit.candidate().confidence() >= 0.5)
          .map(hit -> detector.tables().rule(hit.candidate().rule()).id().value())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
