package dev.stanch.detectors.scan;

import dev.stanch.detectors.rule.ExampleTemplate;
import dev.stanch.detectors.rule.Rule;
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
        found = scan(authored.rule(), example.expand(seed * 7919L));
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

  /// The rules that find something in an example. That of a rule without keywords begins with the
  /// name of its file and a colon.
  private List<String> scan(Rule rule, String example) {
    int colon = rule.keywords().isEmpty() ? example.indexOf(": ") : -1;
    String path = colon < 0 ? "" : example.substring(0, colon);
    byte[] text = example.substring(colon < 0 ? 0 : colon + 2).getBytes(StandardCharsets.UTF_8);
    try {
      return scanner.scan(new ByteArrayInputStream(text), (_, _) -> {}).stream()
          .map(Hit::candidate)
          .filter(candidate -> PathJudge.judge(candidate, path).confidence() >= 0.5)
          .map(candidate -> detector.tables().rule(candidate.rule()).id().value())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
