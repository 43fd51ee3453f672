package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.cli.report.RuleCatalogue;
import dev.stanch.detectors.rule.Rule;
import dev.stanch.detectors.rule.RuleTables;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Lists the rules.
@Command(
    name = "list",
    description = "Lists the rules with severity and evidence.",
    footer = {
      "",
      "Examples:",
      "  stanch rules list",
      "  stanch rules list --provider aws --format jsonl",
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class RulesListCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Option(names = "--provider", paramLabel = "ID", description = "Only the rules of this provider.")
  private @Nullable String provider;

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private RuleCatalogue.Format format;

  @Mixin private RuleFiles own;

  RulesListCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault, IOException {
    RuleTables tables = wiring.ruleSets().ready(own.files(), List.of(), Set.of()).tables();
    List<Rule> rules =
        IntStream.range(0, tables.ruleCount())
            .mapToObj(tables::rule)
            .filter(rule -> provider == null || rule.provider().value().equals(provider))
            .toList();
    if (rules.isEmpty()) {
      throw UserFault.of(
          ExitCode.USAGE,
          "no rule of provider " + provider,
          "stanch rules list names the rules of all providers");
    }
    new RuleCatalogue(rules).write(format, wiring.console().out());
    return ExitCode.CLEAN.value();
  }
}
