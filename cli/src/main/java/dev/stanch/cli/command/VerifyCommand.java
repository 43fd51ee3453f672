package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.revokers.plan.Planner;
import dev.stanch.revokers.spi.Identity;
import dev.stanch.revokers.spi.Verification;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Asks providers which tokens are live.
@Command(
    name = "verify",
    description = "Asks each token's own provider whether it is live. Changes nothing.",
    footer = {"", "Examples:", "  stanch verify", "  stanch verify dir:deploy"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
public final class VerifyCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Mixin private SourceOptions source;

  /// The command.
  public VerifyCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault, InterruptedException {
    return Incident.run(
        wiring,
        source,
        (incident, _) -> {
          PrintWriter out = wiring.console().out();
          boolean live = false;
          for (Planner.Verified verified : incident.verified()) {
            Verification verification = verified.verification();
            live |= !verification.dead();
            out.println(
                verification.verdict()
                    + "  "
                    + verified.finding().provider()
                    + "  "
                    + verified.finding().redacted()
                    + "  "
                    + verified.finding().token()
                    + detail(verification));
          }
          out.flush();
          return (live ? ExitCode.FINDINGS : ExitCode.CLEAN).value();
        });
  }

  private static String detail(Verification verification) {
    return switch (verification) {
      case Verification.Live(var identity) -> "  " + text(identity);
      case Verification.LiveRestricted(_, var why) -> "  " + why;
      case Verification.LiveBlocked(_, var why) -> "  " + why;
      case Verification.Dead(var why) -> "  " + why;
      case Verification.Unknown(var why, _) -> "  " + why;
      case Verification.NotChecked(var why) -> "  " + why;
      case Verification.LiveNoCredit _, Verification.DeadLeaked _ -> "";
    };
  }

  private static String text(Identity identity) {
    String owner = identity.ownerOrTenant().orElse("owner untold");
    return identity.scopes().isEmpty()
        ? owner
        : owner + " (" + String.join(", ", identity.scopes()) + ")";
  }
}
