package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.cli.report.RulePage;
import dev.stanch.detectors.model.RuleId;
import dev.stanch.detectors.rule.RuleLoader;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Shows one rule whole.
@Command(
    name = "show",
    description = "Shows a rule with its pattern, conditions and examples.",
    footer = {"", "Example:", "  stanch rules show huggingface-user-token"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class RulesShowCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Parameters(paramLabel = "RULE", description = "The rule's id, or an earlier one.")
  private String id;

  @Mixin private RuleFiles own;

  RulesShowCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault, IOException {
    var wanted = new RuleId(id.isEmpty() ? "-" : id);
    RuleLoader.Authored found =
        wiring.ruleSets().written(own.files()).rules().stream()
            .filter(one -> one.rule().id().equals(wanted) || one.rule().aliases().contains(wanted))
            .findFirst()
            .orElseThrow(
                () ->
                    UserFault.of(
                        ExitCode.USAGE, "no rule " + id, "stanch rules list names the rules"));
    new RulePage(found).write(wiring.console().out());
    return ExitCode.CLEAN.value();
  }
}
