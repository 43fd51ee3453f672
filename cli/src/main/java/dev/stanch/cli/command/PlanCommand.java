package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.cli.report.PlanReport;
import dev.stanch.revokers.plan.Plan;
import dev.stanch.revokers.plan.Planner;
import dev.stanch.revokers.run.Providers;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Says what would be done.
@Command(
    name = "plan",
    description = "Says what would be done about each token, and in which order. Changes nothing.",
    footer = {
      "",
      "A plan holds no token. It is good for 60 minutes.",
      "Where nothing tells which of its provider's keys a token is, the plan lists them, each as"
          + " the --key option that says so.",
      "",
      "Examples:",
      "  stanch plan",
      "  stanch plan git:../project gitleaks.json",
      "  stanch plan --rotate --or-revoke --sinks sinks.yml",
      "  stanch plan --due --policy policy.yml git:. space:acme",
      "  stanch plan --key v1:2cbgz5i6=key_123 dir:deploy",
      "  stanch plan --keys keys.tsv --format json --output plan.json dir:deploy",
      "  stanch plan --format json --output plan.json"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
public final class PlanCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Option(
      names = "--rotate",
      description = "Plans replacements for tokens whose sinks are known, in place of revocations.")
  private boolean rotate;

  @Option(
      names = "--or-revoke",
      description =
          "With --rotate: revokes the tokens that nothing replaces, as 'stanch respond --rotate'"
              + " does; otherwise they are left.")
  private boolean orRevoke;

  @Option(
      names = "--due",
      description =
          "Plans replacements, as --rotate does, for what the policy of 'stanch inventory' says is"
              + " due and for nothing else, leaked or not: too old, shared, account-wide, broader"
              + " than its use. Secrets that nobody shows are steps for a person.")
  private boolean due;

  @Mixin private PolicyOptions policy;
  @Mixin private InputOptions input;
  @Mixin private KeyOptions keys;
  @Mixin private RotationOptions rotation;
  @Mixin private PlanOutputOptions output;

  /// The command.
  public PlanCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault, InterruptedException {
    if (orRevoke && !rotating()) {
      throw UserFault.of(
          ExitCode.USAGE, "--or-revoke without --rotate", "'stanch plan' alone revokes all");
    }
    if (policy.given() && !due) {
      throw UserFault.of(
          ExitCode.USAGE,
          "--policy and --exposed-since say what is due",
          "give --due: a plan without it is for all tokens");
    }
    Due chosen = due ? Due.of(wiring, policy) : null;
    ChosenKeys said = keys.read(wiring);
    try (Providers providers = wiring.providers();
        Gathered gathered = Gathered.of(wiring, input)) {
      Draft draft =
          Draft.of(
              wiring,
              gathered,
              input,
              providers,
              said,
              rotating() ? Rotation.of(wiring, rotation, otherwise()) : null,
              chosen);
      output.write(wiring, (out, format) -> new PlanReport(out).write(draft.plan(), format));
      output
          .file()
          .ifPresent(
              file ->
                  wiring
                      .messages()
                      .hint(PlanReport.summary(draft.plan()) + next(draft.plan(), file)));
      if (draft.plan().steps().isEmpty()) {
        return (gathered.complete() ? ExitCode.CLEAN : ExitCode.INCOMPLETE).value();
      }
      return ExitCode.FINDINGS.value();
    }
  }

  private boolean rotating() {
    return rotate || due;
  }

  private Planner.Otherwise otherwise() {
    return orRevoke ? Planner.Otherwise.REVOKE : Planner.Otherwise.LEAVE;
  }

  /// What carries a plan out that can be read again.
  private String next(Plan plan, Path file) {
    if (!output.json() || plan.acts().isEmpty()) {
      return "";
    }
    String agreed = "--apply --plan " + file + " --plan-hash " + plan.hash();
    return "; to do it: "
        + (input.standardInput()
            ? "stanch respond " + agreed + " --spool FILE -"
            : "stanch " + (!rotating() ? "revoke " : orRevoke ? "respond " : "rotate ") + agreed);
  }
}
