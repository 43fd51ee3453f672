package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.revokers.plan.Plan;
import dev.stanch.revokers.run.PlanRunner;
import dev.stanch.revokers.spi.ActionResult;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Revokes tokens and proves them dead.
@Command(
    name = "revoke",
    description =
        "Revokes live tokens and proves them dead. Without --apply it only says what it would do.",
    footer = {
      "",
      "Examples:",
      "  stanch revoke",
      "  stanch revoke --apply --plan-hash 0f1e2d3c4b5a6978"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
public final class RevokeCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Mixin private SourceOptions source;

  @Option(names = "--apply", description = "Acts. Needs --plan-hash: what you agreed to.")
  private boolean apply;

  @Option(
      names = "--plan-hash",
      paramLabel = "HASH",
      description = "The hash that 'stanch plan' printed; another plan is refused.")
  private @Nullable String planHash;

  /// The command.
  public RevokeCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault, InterruptedException {
    if (apply && planHash == null) {
      throw UserFault.of(
          ExitCode.REFUSED,
          "--apply without --plan-hash",
          "run 'stanch plan', read it, and give its hash: what is revoked stays revoked");
    }
    return Incident.run(
        wiring,
        source,
        (incident, runner) -> {
          if (!apply) {
            new PlanText(wiring.console().out()).plan(incident.plan());
            wiring.console().out().flush();
            wiring
                .messages()
                .hint(
                    "nothing was changed; to act: stanch revoke --apply --plan-hash "
                        + incident.plan().hash());
            return (incident.plan().steps().isEmpty() ? ExitCode.CLEAN : ExitCode.FINDINGS).value();
          }
          return act(incident, runner);
        });
  }

  private int act(Incident incident, PlanRunner runner) throws UserFault, InterruptedException {
    Plan plan = incident.plan();
    if (!plan.hash().equals(planHash)) {
      throw UserFault.of(
          ExitCode.REFUSED,
          "the plan has changed: it is " + plan.hash() + " now",
          "run 'stanch plan' again and read it");
    }
    PrintWriter out = wiring.console().out();
    boolean left = plan.steps().size() > plan.revocations().size();
    boolean refused = false;
    for (PlanRunner.Outcome outcome : runner.revoke(plan, incident.tokens())) {
      String state =
          switch (outcome.result()) {
            case ActionResult.Accepted _ -> outcome.proven() ? "dead" : "revoked, not proven";
            case ActionResult.Refused(var why) -> {
              refused = true;
              yield "refused: " + why;
            }
            case ActionResult.AlreadyDone _ -> outcome.proven() ? "dead" : "revoked, not proven";
            case ActionResult.Limited _ -> "not sent: the provider takes no more calls for now";
            case ActionResult.Unclear(var why) -> "unclear: " + why;
          };
      left |= !outcome.proven();
      out.println(
          state
              + "  "
              + outcome.step().provider()
              + "  "
              + outcome.step().redacted()
              + "  "
              + outcome.step().token());
    }
    out.flush();
    return (refused ? ExitCode.REFUSED : left ? ExitCode.FINDINGS : ExitCode.CLEAN).value();
  }
}
