package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.RuleSets;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.detectors.rule.RuleLoader;
import dev.stanch.detectors.rule.RuleProblem;
import dev.stanch.detectors.scan.RuleProof;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Holds rules to their form and to their own examples.
@Command(
    name = "check",
    description = "Checks rule files and proves each rule by its examples.",
    footer = {
      "",
      "Every problem is written to standard output with its file and line. Exit code 1 means that",
      "there is one.",
      "",
      "Examples:",
      "  stanch rules check my-rules.yml",
      "  stanch rules check",
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class RulesCheckCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description = "Your rule files; without one the built-in rules are checked.")
  private List<Path> files = List.of();

  RulesCheckCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault {
    RuleSets.Written written = wiring.ruleSets().written(files);
    var problems = new ArrayList<RuleProblem>(written.problems());
    List<String> names = files.stream().map(Path::toString).toList();
    List<RuleLoader.Authored> toProve =
        written.rules().stream()
            .filter(one -> names.isEmpty() || names.contains(one.file()))
            .toList();
    var proof = new RuleProof(written.ready().detector());
    for (RuleLoader.Authored authored : toProve) {
      problems.addAll(proof.prove(authored));
    }
    var out = wiring.console().out();
    problems.stream()
        .sorted(Comparator.comparing(RuleProblem::file).thenComparingInt(RuleProblem::line))
        .forEach(problem -> out.println(problem));
    if (!problems.isEmpty()) {
      wiring.messages().error(count(problems.size(), "problem") + " in the rules");
      return ExitCode.FINDINGS.value();
    }
    out.println(count(toProve.size(), "rule") + " checked, no problem");
    return ExitCode.CLEAN.value();
  }

  private static String count(int n, String noun) {
    return n + " " + noun + (n == 1 ? "" : "s");
  }
}
