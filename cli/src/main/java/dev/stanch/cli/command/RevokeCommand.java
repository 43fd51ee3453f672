package dev.stanch.cli.command;

import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Revokes tokens and proves them dead.
@Command(
    name = "revoke",
    description =
        "Revokes live tokens and proves them dead. Without --apply it only says what it would do.",
    footer = {
      "",
      "Examples:",
      "  stanch revoke",
      "  stanch revoke --format json",
      "  stanch revoke --key v1:2cbgz5i6=key_123 --apply dir:deploy",
      "  stanch plan --format json --output plan.json",
      "  stanch revoke --apply --plan plan.json --plan-hash HASH"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
public final class RevokeCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Mixin private ApplyOptions options;

  /// The command.
  public RevokeCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault, InterruptedException {
    return options.run(wiring, null, ApplyOptions.Preface.NONE);
  }
}
