package dev.stanch.cli.command;

import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.revokers.plan.Planner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Replaces tokens by new ones.
@Command(
    name = "rotate",
    description =
        "Replaces live tokens: mints a new one, writes it to every sink, has it taken into use,"
            + " verifies it, then revokes the old one and proves it dead. Without --apply it only"
            + " says what it would do.",
    footer = {
      "",
      "A token without a sink is left as it is: 'stanch revoke' ends it.",
      "Where only a person can mint, the plan says where and with which permissions, and"
          + " 'stanch incident supply' takes the new value.",
      "",
      "Examples:",
      "  stanch rotate",
      "  stanch rotate --sinks sinks.yml --format md dir:deploy",
      "  stanch rotate --key v1:2cbgz5i6=key_123 dir:deploy",
      "  stanch rotate --sinks sinks.yml --soak 15m dir:deploy",
      "  stanch rotate --sinks sinks.yml --public git:../site git:../site",
      "  stanch plan --rotate --sinks sinks.yml --format json --output plan.json",
      "  stanch rotate --apply --plan plan.json --plan-hash HASH"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
public final class RotateCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Mixin private ApplyOptions options;
  @Mixin private RotationOptions rotation;

  /// The command.
  public RotateCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault, InterruptedException {
    return options.run(
        wiring, Rotation.of(wiring, rotation, Planner.Otherwise.LEAVE), ApplyOptions.Preface.NONE);
  }
}
