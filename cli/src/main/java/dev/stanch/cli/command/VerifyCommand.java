package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.cli.report.Printable;
import dev.stanch.detectors.model.Finding;
import dev.stanch.revokers.plan.Planner;
import dev.stanch.revokers.run.Asker;
import dev.stanch.revokers.run.Providers;
import dev.stanch.revokers.spi.Identity;
import dev.stanch.revokers.spi.Verification;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Asks providers which tokens are live.
@Command(
    name = "verify",
    description = "Asks each token's own provider whether it is live. Changes nothing.",
    footer = {
      "",
      "Examples:",
      "  stanch verify",
      "  stanch verify dir:deploy",
      "  stanch verify gitleaks.json"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
public final class VerifyCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Mixin private InputOptions input;

  /// The command.
  public VerifyCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault, InterruptedException {
    try (Providers providers = wiring.providers();
        Gathered gathered = Gathered.of(wiring, input)) {
      List<Planner.Verified> answers =
          new Asker(providers, wiring.userConfiguration().canaries())
              .ask(
                  List.copyOf(gathered.tokens().values()),
                  gathered.verifiable(input),
                  Asker.Depth.VERDICT);
      providers.skews().forEach(wiring.messages()::warning);
      PrintWriter out = wiring.console().out();
      boolean live = false;
      for (Planner.Verified verified : answers) {
        live |= !verified.verification().dead();
        out.println(line(verified.finding(), verified.verification()));
      }
      out.flush();
      return (live ? ExitCode.FINDINGS : gathered.complete() ? ExitCode.CLEAN : ExitCode.INCOMPLETE)
          .value();
    }
  }

  private static String line(Finding finding, Verification verification) {
    return String.join(
            "  ",
            verification.verdict(),
            finding.provider().value(),
            finding.redacted(),
            finding.token().value())
        + verification.why().map(why -> "  " + Printable.of(why)).orElse("")
        + (verification instanceof Verification.Live(var identity)
            ? "  " + Printable.of(text(identity))
            : "");
  }

  private static String text(Identity identity) {
    String owner = identity.ownerOrTenant().orElse("owner untold");
    return identity.scopes().isEmpty()
        ? owner
        : owner + " (" + String.join(", ", identity.scopes()) + ")";
  }
}
